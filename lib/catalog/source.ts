import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { effects } from '@/lib/inputs/types';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located } from '@/lib/tosca/located';
import { readYaml, type YamlResult } from '@/lib/tosca/read-yaml';
import { readDownloads } from './downloads';
import type { RecipeLanguage, Translation } from './languages/translations';
import { type FileResult, readPlainFile } from './plain-file';
import type { RecipeDownload } from './recipe';
import { readStandsFor, type StandsFor } from './stand-ins/stands-for';

/** A recipe's folder as it was read, before anything is composed. */
export interface RecipeSource {
  /** name of the folder */
  id: string;
  /** absolute path of recipe.yaml */
  file: string;
  /** what the file itself says: name, description, operating systems */
  own: Located;
  /** the template: the file, with all of its base */
  root: Located;
  /** what the file says twice, and the like */
  warnings: Diagnostic[];
  readme: string;
  downloads: RecipeDownload[];
  /** ids that it extends; none: a recipe of its own */
  extends: string[];
  /** id of the recipe of which all is part of this one */
  base?: string;
  /** ids of add-ons that must be chosen with it, and of those that can't be */
  requires?: string[];
  conflicts?: string[];
  /** recipes of which all is part of this one once for each, under names of its own */
  copies?: Copy[];
  /** inputs that each copy asks for by itself, beside what is generated */
  ownInputs?: string[];
  /** what it says in other languages, where its folder has them */
  translations?: Partial<Record<RecipeLanguage, Translation>>;
  /** it was written for the Infrastructure Manager, and is taken as it is */
  tolerant?: boolean;
  /** ids of add-ons that it says are for it, as they say themselves by `extends` */
  offers?: string[];
  /** what of others' templates its software does in the place of theirs */
  standsFor?: StandsFor;
  /** it is a shortcut: the id of a recipe, and those of the add-ons that come with it */
  link?: string[];
}

/** A recipe within another: `europe`, of an OSCAR cluster. */
export interface Copy {
  name: string;
  of: string;
  label: string;
}

export type SourceResult = { ok: true; source: RecipeSource } | { ok: false; diagnostics: Diagnostic[] };

const maximumTextBytes = 256 * 1024;

/** The recipes' folders under a path of the catalogue: those with a `recipe.yaml`. */
export function recipeFolders(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(path, entry.name))
    .filter((folder) => existsSync(join(folder, 'recipe.yaml')))
    .toSorted();
}

/** Reads a recipe's folder. What its steps run is read when it is composed. */
export function readSource(folder: string, id: string): SourceResult {
  const file = join(folder, 'recipe.yaml');
  const yaml = readYamlFile(file, 'recipe.yaml', folder);
  if (!yaml.ok) return { ok: false, diagnostics: [yaml.diagnostic] };
  const diagnostics = new Diagnostics();
  const root = new Cursor(yaml.root, '', diagnostics);
  const metadata = root.get('metadata');
  const declared = metadata?.get('template_name');
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(id)) root.fail(`The folder's name, "${id}", needs lower-case letters, digits and hyphens.`);
  if (declared && declared.text() !== id) declared.fail(`It must be the folder's name, ${id}.`);
  if (!metadata?.get('display_name')) (metadata ?? root).fail('metadata.display_name is missing.');
  const parents = metadata?.get('extends');
  if (splitList(parents?.text()).includes(id)) parents?.fail('An add-on extends another recipe, not itself.');
  for (const key of ['coming', 'going']) {
    const said = metadata?.get(key);
    if (said && !effects.some((known) => known === said.text())) said.fail(`It is one of ${effects.join(', ')}.`);
  }
  const { downloads, diagnostics: inDownloads } = readDownloadList(folder);
  const readme = readReadme(folder);
  const standsFor = readStandsForOf(folder, diagnostics);
  const all = [...diagnostics.list, ...inDownloads, ...(readme.ok ? [] : [readme.diagnostic])];
  if (all.length > 0 || !readme.ok) return { ok: false, diagnostics: all };
  return {
    ok: true,
    source: {
      id,
      file,
      own: yaml.root,
      root: yaml.root,
      warnings: yaml.warnings,
      readme: readme.text,
      downloads,
      extends: splitList(parents?.text()),
      base: metadata?.get('base')?.text(),
      requires: splitList(metadata?.get('requires')?.text()),
      conflicts: splitList(metadata?.get('conflicts')?.text()),
      copies: (metadata?.get('copies')?.entries() ?? []).map(([name, copy]) => ({
        name,
        of: copy.get('of')?.text() ?? '',
        label: copy.get('label')?.text() ?? name,
      })),
      ownInputs: splitList(metadata?.get('own_inputs')?.text()),
      ...(standsFor && { standsFor }),
    },
  };
}

function readDownloadList(folder: string): ReturnType<typeof readDownloads> {
  const list = join(folder, 'downloads.yaml');
  if (!existsSync(list)) return { downloads: [], diagnostics: [] };
  const file = readPlainFile(list, 'downloads.yaml', folder, maximumTextBytes);
  return file.ok ? readDownloads(file.text, list) : { downloads: [], diagnostics: [file.diagnostic] };
}

function readStandsForOf(folder: string, diagnostics: Diagnostics): StandsFor | undefined {
  const path = join(folder, 'stands-for.yaml');
  if (!existsSync(path)) return undefined;
  const yaml = readYamlFile(path, 'stands-for.yaml', folder);
  if (yaml.ok) return readStandsFor(new Cursor(yaml.root, '', diagnostics));
  diagnostics.add(yaml.diagnostic.at, yaml.diagnostic.message);
  return undefined;
}

function readReadme(folder: string): FileResult {
  const path = join(folder, 'README.md');
  return existsSync(path) ? readPlainFile(path, 'README.md', folder, maximumTextBytes) : { ok: true, text: '' };
}

function readYamlFile(path: string, what: string, folder: string): YamlResult {
  const file = readPlainFile(path, what, folder, maximumTextBytes);
  return file.ok ? readYaml(file.text, path) : file;
}

/** `a, b` as its parts. */
export function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
