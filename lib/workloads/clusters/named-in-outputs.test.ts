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

const print = (pair: string, times = 32) => Array(times).fill(pair).join(':');
test.each<[string, string | null, string | null]>([
  ['as openssl writes it', print('0A'), print('0A')],
  ['in small letters', print('fe'), print('fe')],
  ['too short', print('0A', 31), null],
  ['too long', print('0A', 33), null],
  ['with more before it', `x${print('0A')}`, null],
  ['with more after it', `${print('0A')}x`, null],
  ['with a letter that is no digit', `${print('0A', 31)}:0G`, null],
  ['with one digit a byte', print('A'), null],
  ['not told', null, null],
])('the fingerprint of a cluster counts where it is one: %s', (_, value, fingerprint) => {
  const outputs = [
    ...three('far_'),
    output('far_oscar_fingerprint', value),
    output('oscar_fingerprint', print('FF')),
    output('minio_endpoint'),
  ];
  expect(clusterParts(outputs)).toEqual([
    { part: 'far_', url: 'far_oscar_url', user: 'far_oscar_user', password: 'far_oscar_password', fingerprint, storage: null },
  ]);
});

test('a cluster has the storage of its own part', () => {
  const outputs = [...three('far_'), output('minio_endpoint', 'here'), output('far_minio_endpoint', 'there')];
  expect(clusterParts(outputs)[0]?.storage).toBe('there');
});

test.each(['oscar_url_old', 'oscar_urls'])('an output called %s is no address of a cluster', (name) => {
  expect(clusterParts([output(name), ...three('').slice(1)])).toEqual([]);
});

test('what is shown of a part is half of a name at most, without dashes at its end', () => {
  const name = (part: string) => clusterName({ id: 'dep-abcdef', name: 'Both' }, part, new Set());
  expect(name(`${'w'.repeat(40)}_`)).toBe(`Both (${'w'.repeat(30)})`);
  expect(name('west__')).toBe('Both (west)');
});
