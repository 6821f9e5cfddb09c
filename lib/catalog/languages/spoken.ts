import type { Diagnostic } from '@/lib/tosca/located';
import type { RecipeSource } from '../source';
import type { RecipeLanguage } from './translations';

/** What all recipes together say in another language, by the English. */
export type Spoken = Record<RecipeLanguage, Record<string, string>>;

/** Of all recipes together: it goes to every page in that language. */
const mostBytes = 256 * 1024;

/**
 * What the recipes of the catalogue say in other languages. A text is said in one way: that of the recipe that comes first. Who says it otherwise, or finds no
 * room, is told so, and is otherwise left as it is.
 * @param sources get those notes
 */
export function joinTranslations(sources: Map<string, RecipeSource>): Spoken {
  return { es: joined(sources, 'es') };
}

function joined(sources: Map<string, RecipeSource>, language: RecipeLanguage): Record<string, string> {
  const texts = new Map<string, { text: string; of: string }>();
  let bytes = 0;
  // while it is gone through a source gets its notes, which adds none
  for (const source of sources.values()) {
    const own = source.translations?.[language]?.texts ?? new Map<string, string>();
    const fresh = [...own].filter(([english]) => !texts.has(english));
    const more = fresh.reduce((sum, [english, text]) => sum + Buffer.byteLength(english) + Buffer.byteLength(text), 0);
    const fits = bytes + more <= mostBytes;
    const otherwise = [...own].flatMap(([english, text]) => {
      const first = texts.get(english);
      return first && first.text !== text ? [`"${english}" is "${first.text}" in the recipe ${first.of}, and here as well.`] : [];
    });
    const messages = fits ? otherwise : [...otherwise, `It is left out: what all recipes say takes more than ${mostBytes / 1024} KiB.`];
    const at = { file: source.file.replace(/recipe\.yaml$/, `${language}.yaml`), line: 1, column: 1 };
    if (messages.length > 0)
      sources.set(
        source.id,
        noted(
          source,
          messages.map((message) => ({ at, message })),
        ),
      );
    if (!fits) continue;
    bytes += more;
    for (const [english, text] of fresh) texts.set(english, { text, of: source.id });
  }
  return Object.fromEntries([...texts].map(([english, { text }]) => [english, text]));
}

const noted = (source: RecipeSource, notes: Diagnostic[]): RecipeSource => ({ ...source, warnings: [...source.warnings, ...notes] });
