import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineOf } from '@/components/messages/engine';
import { engine } from '@/components/messages/es/engine';
import { sayRecipe } from '@/components/shared/recipes/say-recipe';
import { loadCatalog } from '@/lib/catalog/catalog';
import type { RecipeDetail } from '@/lib/catalog/types';

const folder = import.meta.dirname;
const catalog = loadCatalog([folder]);
const texts = catalog.texts('es');
const said = engineOf({ ...engine, recipes: texts });
const sorted = (found: Iterable<string>) => [...found].toSorted();
/** What stays as it is in every language: numbers, code, paths, addresses of the web. */
const kept = (text: string) => sorted([...text.matchAll(/`[^`]+`|(?<![\w.])\/[a-z0-9]+|\d+(?:\.\d+)*/g)].map(([found]) => found));

const composed: [id: string, addOns: string[]][] = catalog
  .list()
  .flatMap(({ id, kind, extends: parents }) =>
    kind === 'add-on' ? parents.map((parent): [string, string[]] => [parent, [id]]) : [[id, []] as [string, string[]]],
  );

/** All that the page and the form of a recipe show of its own words. */
function shown({ name, summary, description, tabs, inputs, groups, sets, outputs, downloads }: RecipeDetail): string[] {
  return [
    name,
    summary,
    description,
    ...tabs,
    ...inputs.flatMap(({ label, help, tab, unless }) => [label, help ?? '', tab, unless?.because ?? '']),
    ...[...groups, ...sets].map(({ label }) => label),
    ...outputs.flatMap(({ label, description: about }) => [label, about ?? '']),
    ...downloads.map(({ unpinned }) => unpinned ?? ''),
  ];
}

describe.each(composed)('%s with the add-ons %j', (id, addOns) => {
  const recipe = catalog.recipe(id, addOns);
  const spoken = shown(sayRecipe(recipe.detail, said));
  const same = new Set(Object.entries(texts).flatMap(([english, spanish]) => (english === spanish ? english : [])));

  it('says all that people read of it in Spanish, and keeps to itself what is called the same', () => {
    const left = shown(recipe.detail).filter((text, index) => text !== '' && text === spoken[index] && !same.has(text));
    expect(left).toEqual([]);
  });

  it('says in Spanish what its nodes do', () => {
    const titles = recipe.software.flatMap(({ steps }) => steps.map(({ title }) => title));
    expect(titles.filter((title) => said(title) === title)).toEqual([]);
  });
});

it('each Spanish text keeps the numbers, code and paths of the English one', () => {
  const wrong = Object.entries(texts).filter(([english, spanish]) => String(kept(english)) !== String(kept(spanish)));
  expect(wrong).toEqual([]);
});

describe.each(catalog.list())('the README of $id', ({ id }) => {
  const [english, spanish] = ['README.md', 'README.es.md'].map((name) => {
    const path = join(folder, id, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }) as [string, string];
  // what stands for a value, and what is said beside a command, is said in the language
  const code = (text: string) => sorted([...text.matchAll(/`[^`\n]+`/g)].map(([found]) => found.replaceAll(/<[^>]*>/g, '<>')));
  const blocks = (text: string) => [...text.matchAll(/```[\s\S]*?```/g)].map(([found]) => found.replaceAll(/ +#.*/g, ''));
  const shape = (text: string) => [...text.matchAll(/^(#+ |- |\d+\. |\|)/gm)].map(([, mark]) => mark);
  const links = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
  const numbers = (text: string) =>
    sorted([...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\d+(?:[.\d]*\d)?/g)].map(([found]) => found));

  it('has a Spanish one of the same shape, with the same code, links and numbers', () => {
    expect(shape(spanish)).toEqual(shape(english));
    expect(code(spanish)).toEqual(code(english));
    expect(blocks(spanish)).toEqual(blocks(english));
    expect(links(spanish)).toEqual(links(english));
    expect(numbers(spanish)).toEqual(numbers(english));
  });

  it('is the one that a Spanish page shows', () => {
    expect(catalog.detail(id, [], 'es')).toMatchObject({ readme: spanish, readmeLanguage: 'es' });
    expect(catalog.detail(id)).toMatchObject({ readme: english, readmeLanguage: 'en' });
  });
});
