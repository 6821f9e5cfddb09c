import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readPlainFile } from './plain-file';
import type { SourceResult } from './source';

const maximumBytes = 256 * 1024;
const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,90}\.ya?ml$/;

/** Whether a folder of the catalogue is one in the Infrastructure Manager's shape: a file each template, in `templates`. */
export function isTemplateCatalogue(path: string): boolean {
  return statSync(join(path, 'templates'), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The template files under a path of the catalogue. */
export function templateFiles(path: string): string[] {
  if (!isTemplateCatalogue(path)) return [];
  const folder = join(path, 'templates');
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
    .toSorted();
}

/**
 * Reads a template of the Infrastructure Manager's catalogue: it is called as its file is, so that links of its dashboard lead to it.
 * @param file absolute path, in the folder `templates`
 */
export function readTemplateFile(file: string): SourceResult {
  const id = basename(file);
  const text = readPlainFile(file, id, join(file, '..'), maximumBytes);
  if (!text.ok) return { ok: false, diagnostics: [text.diagnostic] };
  const yaml = readYaml(text.text, file);
  if (!yaml.ok) return { ok: false, diagnostics: [yaml.diagnostic] };
  const diagnostics = new Diagnostics({ tolerant: true });
  const root = new Cursor(yaml.root, '', diagnostics);
  if (!fileName.test(id)) root.fail(`The file's name, "${id}", needs letters, digits, hyphens, underscores and dots.`);
  if (yaml.root.kind !== 'map') root.fail('A service template is a map (name: value).');
  const metadata = root.get('metadata');
  const names = (cursor: Cursor | undefined) => (cursor?.items() ?? []).flatMap((item) => item.text() ?? []);
  const link = metadata?.get('link');
  const linked = link && [link.get('parent')?.text() ?? '', ...names(link.get('childs'))].filter((name) => name !== '');
  const source = {
    id,
    file,
    own: yaml.root,
    root: yaml.root,
    tolerant: true,
    readme: metadata?.get('description')?.text() ?? '',
    downloads: [],
    extends: names(metadata?.get('parents')),
    offers: names(metadata?.get('childs')),
    ...(linked && { link: linked }),
  };
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  return { ok: true, source: { ...source, warnings: [...yaml.warnings, ...diagnostics.warnings] } };
}
