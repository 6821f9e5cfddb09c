import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located, Position } from '@/lib/tosca/located';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readTypes, type TypeDefinition } from '@/lib/tosca/types';
import { type FileResult, isInside, readPlainFile } from './plain-file';

const maximumBytes = 256 * 1024;
/** types of which the Infrastructure Manager's catalogue holds the successors */
const kinTypes = /^https:\/\/raw\.githubusercontent\.com\/(?:indigo-dc\/tosca-types|grycap\/ec3)\/[\w./-]+\/custom_types\.yaml$/;

/** Where the files that templates name are, and the types that were read of them: each file once. */
export interface Imports {
  /**
   * Types of the files that a template imports: paths that stay within the catalogue's folder, and addresses of the web that the
   * folder holds a copy of. The types of the built-in recipes can be imported from anywhere by their name, `transat.yaml`.
   */
  types(root: Located, diagnostics: Diagnostics): TypeDefinition[];
  /**
   * The file that an address of the web stands for. Nothing is fetched: it is in the checkout, or named with its checksum in the folder's `imports.yaml`.
   * @param from file in which it is named
   * @returns its path, or a sentence that says why there is none
   */
  local(url: string, from: string): { path: string } | { problem: string };
  /** The script that runs a playbook on a node. */
  playbookRunner(): string;
}

/**
 * @param folderOf the catalogue's folder that a file lies in
 * @param builtIn path of the built-in types
 */
export function openImports(folderOf: (file: string) => string, builtIn: string): Imports {
  const known = new Map<string, { types: TypeDefinition[]; faults: Diagnostic[]; warnings: Diagnostic[] }>();
  const copies = new Map<string, Map<string, Copy>>();
  const typesOf = (path: string) => {
    const found = known.get(path) ?? readTypesFile(path);
    known.set(path, found);
    return found;
  };
  const copiesIn = (folder: string) => {
    const found = copies.get(folder) ?? readCopies(folder);
    copies.set(folder, found);
    return found;
  };
  const local: Imports['local'] = (url, from) => {
    const folder = folderOf(from);
    const copy = copiesIn(folder).get(url);
    if (copy) return pinned(folder, copy);
    const inCheckout = /^https:\/\/raw\.githubusercontent\.com\/grycap\/tosca\/[^/]+\/([\w./-]+)$/.exec(url)?.[1];
    const path = inCheckout === undefined ? undefined : join(folder, inCheckout);
    if (path !== undefined && existsSync(path) && isInside(realpathSync(path), realpathSync(folder))) return { path };
    const kin = join(folder, 'custom_types.yaml');
    if (kinTypes.test(url) && existsSync(kin)) return { path: kin };
    return { problem: `${url} is not read from the web, and the catalogue's folder has no copy of it.` };
  };
  let runner: string | undefined;
  return {
    local,
    playbookRunner: () => {
      runner ??= readFileSync(join(dirname(builtIn), '../shared/run-playbook.sh'), 'utf8');
      return runner;
    },
    types: (root, diagnostics) => {
      const files = new Map<string, Position>();
      for (const item of new Cursor(root, '', diagnostics).get('imports')?.items() ?? []) {
        const target = importTarget(item);
        if (target === undefined) continue;
        if (/^https?:/.test(target)) {
          const found = local(target, item.at.file);
          if (!('path' in found)) item.doubt(found.problem);
          else files.set(found.path, item.at);
          if (kinTypes.test(target)) item.warn('It is not read from the web: the types of this folder stand in its place.');
          continue;
        }
        const path = resolve(dirname(item.at.file), target);
        const inside = existsSync(path) && isInside(realpathSync(path), realpathSync(folderOf(item.at.file)));
        if (inside) files.set(path, item.at);
        else if (path.endsWith(`${sep}transat.yaml`)) files.set(builtIn, item.at);
        else item.fail(`${target} is no file of the catalogue's folder.`);
      }
      return [...files].flatMap(([path]) => {
        const { types, faults } = typesOf(path);
        for (const { at, message } of faults) diagnostics.add(at, message);
        return types;
      });
    },
  };
}

function readTypesFile(path: string): { types: TypeDefinition[]; faults: Diagnostic[]; warnings: Diagnostic[] } {
  const file = readPlainFile(path, basename(path), dirname(path), maximumBytes);
  const yaml = file.ok ? readYaml(file.text, path) : file;
  if (!yaml.ok) return { types: [], faults: [yaml.diagnostic], warnings: [] };
  const diagnostics = new Diagnostics();
  const types = readTypes(new Cursor(yaml.root, '', diagnostics));
  return { types, faults: diagnostics.list, warnings: diagnostics.warnings };
}

interface Copy {
  file: string;
  sha256: string;
}

// `- {url, file, sha256}` in imports.yaml: what an operator has looked at and put beside the templates.
function readCopies(folder: string): Map<string, Copy> {
  const list = join(folder, 'imports.yaml');
  const file: FileResult | null = existsSync(list) ? readPlainFile(list, 'imports.yaml', folder, maximumBytes) : null;
  const yaml = file?.ok ? readYaml(file.text, list) : null;
  const items = yaml?.ok ? new Cursor(yaml.root, '', new Diagnostics()).items() : [];
  return new Map(
    items.map((item) => [
      item.get('url')?.text() ?? '',
      { file: item.get('file')?.text() ?? '', sha256: item.get('sha256')?.text()?.toLowerCase() ?? '' },
    ]),
  );
}

function pinned(folder: string, { file, sha256 }: Copy): { path: string } | { problem: string } {
  const path = join(folder, file);
  const read = readPlainFile(path, file, folder, maximumBytes);
  if (!read.ok) return { problem: read.diagnostic.message };
  const is = createHash('sha256').update(read.text).digest('hex');
  return is === sha256 ? { path } : { problem: `${file} has not the checksum that imports.yaml names; it has ${is}.` };
}

// `- name: path`, `- name: {file: path}` and `- path` all occur.
function importTarget(item: Cursor): string | undefined {
  if (item.value.kind === 'scalar') return item.text();
  const [first] = item.entries();
  const inner = item.get('file') ?? first?.[1];
  return inner?.value.kind === 'map' ? inner.get('file')?.text() : inner?.text();
}
