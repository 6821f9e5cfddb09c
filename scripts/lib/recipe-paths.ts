import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Catalog } from '@/lib/catalog/catalog';
import type { RecipeNote } from '@/lib/catalog/types';

/**
 * What an author means by a path: one recipe's folder, one template's file, or a folder that holds several.
 * @returns the folder that the catalogue is to read, and the ids that are meant; undefined: all of that folder
 */
export function meantBy(path: string): { folder: string; id?: string } {
  const whole = resolve(path);
  if (existsSync(join(whole, 'recipe.yaml'))) return { folder: dirname(whole), id: basename(whole) };
  if (/\.ya?ml$/.test(whole))
    return basename(whole) === 'recipe.yaml' ? meantBy(dirname(whole)) : { folder: dirname(dirname(whole)), id: basename(whole) };
  return { folder: whole };
}

/** A note as compilers write them, so that editors lead to its line. */
export function noteLine({ path, line, column, message }: RecipeNote, severity: 'error' | 'warning'): string {
  return `${path}:${line}:${column}: ${severity}: ${message}`;
}

/** The recipe and the add-ons with which a recipe or an add-on is looked at: an add-on with the first that it extends. */
export function composition(catalog: Catalog, id: string): [recipe: string, addOns: string[]] {
  const known = new Map(catalog.list().map((each) => [each.id, each]));
  const parent = known.get(id)?.extends.find((name) => known.has(name));
  return parent === undefined ? [id, []] : [parent, [id]];
}
