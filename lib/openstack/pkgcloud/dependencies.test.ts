import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/*
 * pkgcloud 2.2.0 (2019) names packages with known holes, most of them for clouds that Transat never talks to. The overrides of
 * package.json put mended or empty packages in their place; these tests fail when one of the old ones comes back.
 * One stays for want of a mended version: `ip` (CVE-2024-29415). pkgcloud asks it which addresses of a server are private, for a
 * field of its model that Transat does not read.
 */

const root = `${import.meta.dirname}/../../..`;
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        name: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8'))).packages;

/** Where `name` is found by a package at `from`, as Node looks for it. */
function resolve(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock[path]) return path;
    if (at === '') return undefined;
  }
}

/** Everything that pkgcloud brings: path in the lock file → package. */
const tree = new Map<string, (typeof lock)[string]>();
for (const todo = ['node_modules/pkgcloud']; todo.length > 0; ) {
  const path = todo.pop() ?? '';
  const entry = lock[path];
  if (!entry || tree.has(path)) continue;
  tree.set(path, entry);
  for (const name of Object.keys(entry.dependencies ?? {})) todo.push(resolve(path, name) ?? '');
}
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const versions = (name: string) => [...tree].filter(([path]) => nameOf(path) === name).map(([, { version }]) => version ?? '');

test('the tree is the one we know', () => {
  expect(versions('pkgcloud')).toEqual(['2.2.0']);
  expect(tree.size).toBeGreaterThan(20);
  expect(tree.size).toBeLessThan(120);
});

describe('what Transat does not use is empty', () => {
  test.each(['aws-sdk', 'liboneandone', '@google-cloud/storage'])('%s', (name) => {
    const [entry] = [...tree].filter(([path]) => nameOf(path) === name).map(([, value]) => value);
    expect(entry).toMatchObject({ link: true, resolved: 'lib/openstack/empty-package' });
    expect(createRequire(`${root}/node_modules/pkgcloud/`)(name)).toEqual({});
  });
});

describe('what only the empty ones brought is gone', () => {
  test.each(['mocha', 'growl', 'minimatch', 'diff', 'node-forge', 'google-auth-library', 'gcs-resumable-upload'])('%s', (name) => {
    expect(versions(name)).toEqual([]);
  });
});

test('request is its maintained successor', () => {
  expect([...tree].filter(([path]) => nameOf(path) === 'request').map(([, { name }]) => name)).toEqual(['@cypress/request']);
});

describe('no version with a known hole is left', () => {
  test.each([
    ['request', '3.0.0', 'CVE-2023-28155'],
    ['tough-cookie', '4.1.3', 'CVE-2023-26136'],
    ['form-data', '4.0.4', 'CVE-2025-7783'],
    ['xml2js', '0.5.0', 'CVE-2023-0842'],
    ['fast-json-patch', '3.1.1', 'CVE-2021-4279'],
    ['lodash', '4.17.21', 'CVE-2021-23337'],
    ['async', '2.6.4', 'CVE-2021-43138'],
  ])('%s is %s or later (%s)', (name, least) => {
    expect(versions(name)).not.toEqual([]);
    for (const version of versions(name)) expect(isAtLeast(version, least), `${name} ${version}`).toBe(true);
  });
});

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
