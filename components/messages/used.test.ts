import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from './en';

const sources = globSync('{app,components}/**/*.{ts,tsx}')
  .filter((file) => !/components\/messages\/(en|es)\/|\.test\.ts$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
/** Keys that are put together: `state.${state}` stands for all that begin so. */
const patterns = [...sources.matchAll(/`([a-zA-Z]+\.(?:[\w.-]|\$\{[^}]*\})*)`/g)].map(
  ([, text = '']) =>
    new RegExp(
      `^${text
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join('[^.]+')}$`,
    ),
);
/** Sentences that the API names by a key: the engine's own tests hold them. */
const named = ['file.', 'sshKey.', 'leaseSaid.'];

const isUsed = (key: string): boolean =>
  named.some((prefix) => key.startsWith(prefix)) || sources.includes(`'${key}'`) || patterns.some((pattern) => pattern.test(key));

test('every sentence is said somewhere', () => {
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
});

test('a sentence that nobody says would be found', () => {
  expect([isUsed('nobody.says'), isUsed('state.ready')]).toEqual([false, true]);
});
