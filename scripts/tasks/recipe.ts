import { resolve } from 'node:path';
import { loadCatalog } from '@/lib/catalog/catalog';
import { fillMirror } from '@/lib/catalog/mirror';
import { lint, plan, render, test } from '../lib/recipe-author';
import { printed } from '../lib/tosca-parser';

const usage = `npm run recipe -- lint <path>       what is wrong with the recipes of a folder (or one recipe, or one template), and what does nothing
npm run recipe -- plan <path>       what they would make with the defaults
npm run recipe -- render <path>     the questions that people are asked
npm run recipe -- test <path>       all of it, with every switch the other way and every pair of add-ons
npm run recipe -- check [folder …]    read all recipes (and those of further folders) and say what is wrong
npm run recipe -- print <id> [add-on …]   the template with what it is based on and its add-ons, for other TOSCA tools
npm run recipe -- mirror <folder>     fetch all files that recipes download into a folder that a web server can serve`;

const builtIn = resolve(import.meta.dirname, '../../recipes');
const [command, ...folders] = process.argv.slice(2);
const authors: Record<string, typeof lint> = { lint, plan, render, test };

process.exitCode = await run();

async function run(): Promise<number> {
  const [folder] = folders;
  const author = command === undefined ? undefined : authors[command];
  if (author && folder) return author(builtIn, resolve(folder), console.log) === 0 ? 0 : 1;
  if (command === 'check') return check(folders);
  if (command === 'print' && folder) return print(folder, folders.slice(1));
  if (command === 'mirror' && folder) return mirror(folder);
  console.log(usage);
  return 2;
}

function check(further: string[]): number {
  const catalog = loadCatalog([builtIn, ...further.map((folder) => resolve(folder))]);
  for (const { id } of catalog.list()) {
    const { name, version, kind, inputs, groups, downloads, notes } = catalog.detail(id);
    console.log(
      `ok      ${id}  ${name} ${version} (${kind}; ${groups.length} groups, ${inputs.length} inputs, ${downloads.length} downloads)`,
    );
    for (const { path, line, column, message } of notes) console.log(`        ${path}:${line}:${column}: ${message}`);
    for (const { url, unpinned } of downloads) if (unpinned) console.log(`        ${url} has no digest: ${unpinned}`);
  }
  for (const { id } of catalog.broken()) {
    console.log(`BROKEN  ${id}`);
    for (const { path, line, column, message } of catalog.problems(id)) console.log(`        ${path}:${line}:${column}: ${message}`);
  }
  return catalog.broken().length === 0 ? 0 : 1;
}

function print(id: string, addOns: string[]): number {
  console.log(printed(loadCatalog([builtIn]), id, addOns));
  return 0;
}

async function mirror(folder: string): Promise<number> {
  const catalog = loadCatalog([builtIn]);
  const downloads = catalog.list().flatMap(({ id }) => catalog.detail(id).downloads);
  const failed = await fillMirror(downloads, resolve(folder), (url) => fetch(url, { signal: AbortSignal.timeout(600_000) }), console.log);
  console.log(`Serve ${resolve(folder)} by HTTP and name its address as \`mirror\` of the site.`);
  return failed.length === 0 ? 0 : 1;
}
