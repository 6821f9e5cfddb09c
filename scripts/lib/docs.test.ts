import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './shell';

const documents = ['README.md', 'ARCHITECTURE.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const scripts = Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts);

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  it('links only to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it('names only commands that npm knows here', () => {
    const commands = [...text.matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map((match) => match[1] ?? '');
    expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
  });
});

it('the operators’ page explains every key of the configuration', () => {
  const source = readFileSync(join(root, 'lib/core/config.ts'), 'utf8');
  const vault = readFileSync(join(root, 'lib/core/config-vault.ts'), 'utf8');
  const keys = [
    ...source
      .slice(source.indexOf('const providerSchema'), source.indexOf('export type ProviderConfig'))
      .matchAll(/^ {2}([a-zA-Z]+)[:,]/gm),
    ...vault
      .slice(vault.indexOf('const authSchema'), vault.indexOf('type Given ='))
      .matchAll(/(?<=[{,\n]) *([a-zA-Z]+): (?:z|path|secretRef|storeAddress)\b/g),
  ].map((match) => match[1] ?? '');
  const page = readFileSync(join(root, 'docs/operators.md'), 'utf8');
  expect(keys.length).toBeGreaterThan(45);
  expect(keys.filter((key) => !page.includes(key))).toEqual([]);
});
