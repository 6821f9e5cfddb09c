import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const writes = /\b(updateTable|insertInto|deleteFrom)\('(deployments|resources|nodes|deployment_secrets|log_lines|events)'\)/;

test('rows of the ledger are written in lib/deploying/ledger alone', () => {
  const sources = ['lib', 'app'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const writers = sources.filter((file) => writes.test(readFileSync(join(root, file), 'utf8')));
  const elsewhere = writers.filter((file) => !file.startsWith('lib/deploying/ledger/') && !/\/(testing|fixtures)/.test(file));
  expect(writers.length).toBeGreaterThan(3);
  expect(elsewhere).toEqual([]);
});
