import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic } from '@/lib/tosca/located';
import { readYaml } from '@/lib/tosca/read-yaml';
import { type FileResult, readPlainFile } from '../plain-file';
import type { RecipeSource } from '../source';
import { saidIn } from '../stand-ins/stands-for';
import { type RecipeTexts, textsOf, trimmed } from './texts';

/** Languages in which recipes may speak beside English: `es.yaml` and `README.es.md` in a recipe's folder. */
export const recipeLanguages = ['es'] as const;
export type RecipeLanguage = (typeof recipeLanguages)[number];

/** What a recipe says in another language. */
export interface Translation {
  /** by the English */
  texts: ReadonlyMap<string, string>;
  readme?: string;
}

const mostTextsBytes = 64 * 1024;
const mostReadmeBytes = 256 * 1024;
/** More than the longest help needs; what is longer is not looked up on a screen. */
const mostSigns = 2000;
const mostNamed = 3;

/**
 * A recipe with what its folder holds in other languages. A file that can't be used, or says less or more than the recipe, is a note for its author:
 * the recipe then says in English what it lacks.
 */
export function withTranslations(source: RecipeSource, folder: string): RecipeSource {
  const translations: Partial<Record<RecipeLanguage, Translation>> = {};
  const warnings: Diagnostic[] = [];
  for (const language of recipeLanguages) {
    const texts = readTexts(join(folder, `${language}.yaml`), folder, source, warnings);
    const readme = readReadme(join(folder, `README.${language}.md`), folder, warnings);
    if (texts || readme !== undefined) translations[language] = { texts: texts ?? new Map(), readme };
  }
  return { ...source, translations, warnings: [...source.warnings, ...warnings] };
}

function readTexts(path: string, folder: string, source: RecipeSource, warnings: Diagnostic[]): ReadonlyMap<string, string> | undefined {
  const file = optional(path, folder, mostTextsBytes);
  if (!file) return undefined;
  const yaml = file.ok ? readYaml(file.text, path) : file;
  if (!yaml.ok) {
    warnings.push(yaml.diagnostic);
    return undefined;
  }
  const diagnostics = new Diagnostics();
  const root = new Cursor(yaml.root, '', diagnostics);
  const texts = new Map<string, string>();
  for (const [english, said] of root.entries()) {
    const text = trimmed(said.text() ?? '');
    if (text === '') said.fail('It says nothing.');
    else if (Math.max(english.length, text.length) > mostSigns) said.fail(`A text has at most ${mostSigns} characters.`);
    else texts.set(trimmed(english), text);
  }
  warnings.push(...yaml.warnings, ...diagnostics.list, ...differences(root, texts, textsOf(source.own, reasonsOf(source))));
  return texts;
}

const reasonsOf = ({ downloads, standsFor }: RecipeSource): string[] => [
  ...downloads.flatMap(({ unpinned }) => unpinned ?? []),
  ...(standsFor ? saidIn(standsFor) : []),
];

function differences({ at }: Cursor, texts: ReadonlyMap<string, string>, { said, names }: RecipeTexts): Diagnostic[] {
  const missing = [...said].filter((text) => !texts.has(text));
  const unknown = [...texts.keys()].filter((text) => !said.has(text) && !names.has(text));
  return [
    ...(missing.length > 0 ? [{ at, message: `It lacks what the recipe says: ${listed(missing)}.` }] : []),
    ...(unknown.length > 0 ? [{ at, message: `The recipe does not say: ${listed(unknown)}.` }] : []),
  ];
}

function listed(texts: string[]): string {
  const more = texts.length - mostNamed;
  const named = texts.slice(0, mostNamed).map((text) => JSON.stringify(text));
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

function readReadme(path: string, folder: string, warnings: Diagnostic[]): string | undefined {
  const file = optional(path, folder, mostReadmeBytes);
  if (file && !file.ok) warnings.push(file.diagnostic);
  return file?.ok ? file.text : undefined;
}

function optional(path: string, folder: string, maximumBytes: number): FileResult | undefined {
  return existsSync(path) ? readPlainFile(path, path.slice(folder.length + 1), folder, maximumBytes) : undefined;
}
