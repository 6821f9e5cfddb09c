import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { leaseRulesSchema } from '@/lib/core/config/leases';
import { errorCodes } from '@/lib/core/errors';
import { root } from './shell';
import { sourceFiles } from './sources';

const documents = sourceFiles(root).filter((file) => file.endsWith('.md'));
const scripts = Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts);

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  it('links only to files, and to headings of them, that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link));
    const isThere = (link: string) => {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? join(root, document) : join(root, dirname(document), path);
      return existsSync(file) && (heading === undefined || headingsOf(readFileSync(file, 'utf8')).includes(heading));
    };
    expect(links.filter((link) => !isThere(link))).toEqual([]);
  });

  it('names only commands that npm knows here', () => {
    const commands = [...text.matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map((match) => match[1] ?? '');
    expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
  });
});

// as GitHub makes anchors of headings
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it('the house, its rules for those who work on it and its decisions are found from the first page', () => {
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  for (const name of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'LICENSE', 'docs/errors.md', 'docs/decisions/README.md']) {
    expect(read('README.md')).toContain(`](${name})`);
  }
  expect(read('ARCHITECTURE.md')).toContain('](docs/decisions/README.md)');
});

it('every decision is in their list, by its number and title', () => {
  const folder = join(root, 'docs/decisions');
  const list = readFileSync(join(folder, 'README.md'), 'utf8');
  const files = readdirSync(folder).filter((name) => name !== 'README.md');
  expect(files.toSorted().map((name) => Number.parseInt(name, 10))).toEqual(files.map((_, index) => index + 1));
  for (const name of files) {
    const number = Number.parseInt(name, 10);
    expect(list).toContain(`| [${number}](${name}) |`);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(new RegExp(`^# ${number}\\. .`));
  }
});

it('every code of an error stands in the docs with its status', () => {
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const told = [...page.matchAll(/^\| `([a-z-]+)` \| (\d+) \| [^|]{10,} \| [^|]{4,} \|$/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(told)).toEqual(errorCodes);
  expect(told).toHaveLength(Object.keys(errorCodes).length);
});

it('the operators’ page explains every key of the configuration', () => {
  const read = (file: string) => readFileSync(join(root, 'lib/core/config', file), 'utf8');
  const source = read('index.ts');
  const provider = read('provider.ts');
  const vault = read('vault.ts');
  const keys = [
    ...source
      .slice(source.indexOf('const deviceFlowSchema'), source.indexOf('export type DeviceFlowConfig'))
      .matchAll(/^ {2}([a-zA-Z]+)[:,]/gm),
    ...provider
      .slice(provider.indexOf('const claimSchema'), provider.indexOf('type Given ='))
      .matchAll(/^ {2,4}([a-zA-Z]+)(?:,$|: (?:z\b|url|secretRef|claimNames|groupsSchema))/gm),
    ...vault
      .slice(vault.indexOf('const authSchema'), vault.indexOf('type Given ='))
      .matchAll(/(?<=[{,\n]) *([a-zA-Z]+): (?:z|path|secretRef|storeAddress)\b/g),
  ]
    .map((match) => match[1] ?? '')
    .filter((key) => !key.endsWith('Schema'));
  const inLeases = keysOf(z.toJSONSchema(leaseRulesSchema));
  const page = readFileSync(join(root, 'docs/operators.md'), 'utf8');
  expect(keys.length).toBeGreaterThan(45);
  expect(inLeases.length).toBeGreaterThan(20);
  expect([...keys, ...inLeases].filter((key) => !page.includes(key))).toEqual([]);
});

/** All names of properties in a JSON schema, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}
