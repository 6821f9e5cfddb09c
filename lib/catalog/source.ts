import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located, Position } from '@/lib/tosca/located';
import { readYaml, type YamlResult } from '@/lib/tosca/read-yaml';
import { readTypes, type TypeDefinition } from '@/lib/tosca/types';
import { readDownloads } from './downloads';
import { type FileResult, isInside, readPlainFile } from './plain-file';
import type { RecipeDownload } from './recipe';

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
}

export type SourceResult = { ok: true; source: RecipeSource } | { ok: false; diagnostics: Diagnostic[] };

const maximumTextBytes = 256 * 1024;
const scriptPath = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*\.sh$/;
/** what several recipes of a catalogue's folder run lies beside them, and is named so */
const sharedScript = '../shared/';

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
  const { downloads, diagnostics: inDownloads } = readDownloadList(folder);
  const readme = readReadme(folder);
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
    },
  };
}

function readDownloadList(folder: string): ReturnType<typeof readDownloads> {
  const list = join(folder, 'downloads.yaml');
  if (!existsSync(list)) return { downloads: [], diagnostics: [] };
  const file = readPlainFile(list, 'downloads.yaml', folder, maximumTextBytes);
  return file.ok ? readDownloads(file.text, list) : { downloads: [], diagnostics: [file.diagnostic] };
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

/**
 * Types of the files that a template imports: relative paths that stay within the catalogue's folder. The types of the
 * built-in recipes can be imported from anywhere by their name, `transat.yaml`.
 * @param folderOf the catalogue's folder that a file lies in: its imports must stay there
 * @param builtIn path of the built-in types
 */
export function readImports(
  root: Located,
  folderOf: (file: string) => string,
  builtIn: string,
  diagnostics: Diagnostics,
): TypeDefinition[] {
  const files = new Map<string, Position>();
  for (const item of new Cursor(root, '', diagnostics).get('imports')?.items() ?? []) {
    const target = importTarget(item);
    if (target === undefined) continue;
    const path = resolve(dirname(item.at.file), target);
    const local = existsSync(path) && isInside(realpathSync(path), realpathSync(folderOf(item.at.file)));
    if (local) files.set(path, item.at);
    else if (path.endsWith(`${sep}transat.yaml`)) files.set(builtIn, item.at);
    else item.fail(`${target} is no file of the catalogue's folder.`);
  }
  return [...files].flatMap(([path]) => {
    const yaml = readYamlFile(path, basename(path), dirname(path));
    if (yaml.ok) return readTypes(new Cursor(yaml.root, '', diagnostics));
    diagnostics.add(yaml.diagnostic.at, yaml.diagnostic.message);
    return [];
  });
}

/**
 * Text of the script that an operation names.
 * @param script its path in the folder of the recipe, or `../shared/<name>.sh` beside it
 * @param at where it is named; the path is relative to that file
 * @returns undefined where there is none that may be read, which is then among the diagnostics
 */
export function readScript(script: string, at: Position, diagnostics: Diagnostics): string | undefined {
  const shared = script.startsWith(sharedScript);
  const folder = shared ? join(dirname(at.file), sharedScript) : dirname(at.file);
  const name = shared ? script.slice(sharedScript.length) : script;
  const bad = (message: string) => {
    diagnostics.add(at, message);
    return undefined;
  };
  if (!scriptPath.test(name)) return bad(`"${script}" is not the path of a shell script (.sh) in the recipe's folder.`);
  const file = readPlainFile(join(folder, name), `script ${script}`, folder, maximumTextBytes);
  return file.ok ? file.text : bad(file.diagnostic.message);
}

// `- name: path`, `- name: {file: path}` and `- path` all occur.
function importTarget(item: Cursor): string | undefined {
  if (item.value.kind === 'scalar') return item.text();
  const [first] = item.entries();
  const inner = item.get('file') ?? first?.[1];
  return inner?.value.kind === 'map' ? inner.get('file')?.text() : inner?.text();
}
