import { expect, test } from 'vitest';
import { clusterName, clusterParts } from './named-in-outputs';

const output = (name: string, value: string | null = name) => ({ name, value });
const three = (part: string) => ['oscar_url', 'oscar_user', 'oscar_password'].map((name) => output(part + name));

test.each([
  ['one cluster', three(''), ['']],
  ['two, each by the beginning of its names', [...three('europe_'), ...three('america_')], ['europe_', 'america_']],
  ['one that is not known yet', [output('oscar_url', null), output('oscar_user'), output('oscar_password')], []],
  ['an address without a password', [output('oscar_url'), output('oscar_user')], []],
  ['none', [output('grafana_url')], []],
])('outputs of a deployment name %s', (_, outputs, parts) => expect(clusterParts(outputs).map(({ part }) => part)).toEqual(parts));

test.each<[what: string, name: string, part: string, taken: string[], expected: string]>([
  ['as its deployment', 'Both', '', [], 'Both'],
  ['with its part', 'Both', 'far_west_', [], 'Both (far west)'],
  ['with its part also where the name is long', 'B'.repeat(60), 'west_', [], `${'B'.repeat(53)} (west)`],
  ['apart from another of that name', 'Both', 'west_', ['Both (west)'], 'Both (west) abcdef'],
  ['apart from any number of them', 'Both', '', ['Both', 'Both abcdef', 'Both abcdef-2'], 'Both abcdef-3'],
])('an OSCAR that came with a deployment is called %s', (_what, name, part, taken, expected) => {
  expect(clusterName({ id: 'dep-abcdef', name }, part, new Set(taken))).toBe(expected);
});
