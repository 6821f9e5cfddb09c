import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Catalog, loadCatalog } from '@/lib/catalog/catalog';
import { openImports } from '@/lib/catalog/imports';
import { readPlainFile } from '@/lib/catalog/plain-file';
import type { RecipeNote } from '@/lib/catalog/types';
import { type LaidOut, layOut } from './lay-out';
import { planOfTrial } from './plan-of-trial';
import type { Trial, TrialRequest } from './types';

const nothing = '#!/usr/bin/env bash\nset -euo pipefail\n';
/** as for a template's file in the catalogue */
const mostBytes = 256 * 1024;
const noTasks = '- hosts: localhost\n  tasks: []\n';
/** what templates of the Infrastructure Manager's catalogue name of it */
const besideTemplates = ['custom_types.yaml', 'imports.yaml', 'artifacts'];

/**
 * Reads a template as the catalogue would, and plans it. What it runs is taken to be there and to do nothing. Takes up to a second; nothing of it is
 * left afterwards, and nothing is fetched: an address stands for the copy that the catalogue holds of it.
 */
export function tryTemplate({ given, folders }: TrialRequest): Trial {
  const read = 'text' in given ? { text: given.text } : copyOf(given.url, folders);
  if ('problem' in read)
    return { recipe: null, plan: null, problems: [{ path: 'url', line: 1, column: 1, message: read.problem }], unread: [] };
  const folder = mkdtempSync(join(tmpdir(), 'transat-trial-'));
  try {
    const laid = layOut(read.text, (id) => folders.some((each) => existsSync(join(each, id, 'recipe.yaml'))));
    write(folder, laid, folders);
    return judged(loadCatalog([...folders, folder], undefined, laid.id), laid, basename(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyOf(url: string, folders: readonly string[]): { text: string } | { problem: string } {
  let problem = '';
  for (const folder of folders) {
    const copy = openImports(() => folder, join(folder, 'types', 'transat.yaml')).local(url, join(folder, 'recipe.yaml'));
    const file = 'path' in copy ? readPlainFile(copy.path, basename(copy.path), folder, mostBytes) : undefined;
    if (file?.ok) return { text: file.text };
    problem = file ? file.diagnostic.message : 'problem' in copy ? copy.problem : problem;
  }
  return { problem };
}

function write(folder: string, { file, text, unread }: LaidOut, folders: readonly string[]): void {
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const checkout = file.startsWith('templates/') && folders.find((each) => existsSync(join(each, 'templates')));
  for (const name of checkout ? besideTemplates : [])
    if (checkout && existsSync(join(checkout, name))) cpSync(join(checkout, name), join(folder, name), { recursive: true });
  for (const path of unread) put(path, path.endsWith('.sh') ? nothing : noTasks);
  put(file, text);
}

function judged(catalog: Catalog, { id, unread }: LaidOut, folder: string): Trial {
  const plain = (notes: RecipeNote[]) => notes.map((note) => ({ ...note, path: note.path.replace(`${folder}/`, '') }));
  const problems = plain(catalog.problems(id));
  if (problems.length > 0) return { recipe: null, plan: null, problems, unread };
  const { extends: parents } = catalog.list().find((each) => each.id === id) ?? { extends: [] };
  const [parent] = parents;
  const recipe = parent === undefined ? catalog.recipe(id) : catalog.recipe(parent, [id]);
  const detail = catalog.detail(id);
  return { recipe: { ...detail, notes: plain(detail.notes) }, plan: planOfTrial(recipe), problems, unread };
}
