import { expect, test } from 'vitest';
import { clusterParts } from './named-in-outputs';

const output = (name: string, value: string | null = name) => ({ name, value });
const three = (part: string) => ['oscar_url', 'oscar_user', 'oscar_password'].map((name) => output(part + name));

test.each([
  ['one cluster', three(''), ['']],
  ['two, each by the beginning of its names', [...three('europe_'), ...three('america_')], ['europe_', 'america_']],
  ['one that is not known yet', [output('oscar_url', null), output('oscar_user'), output('oscar_password')], []],
  ['an address without a password', [output('oscar_url'), output('oscar_user')], []],
  ['none', [output('grafana_url')], []],
])('outputs of a deployment name %s', (_, outputs, parts) => expect(clusterParts(outputs).map(({ part }) => part)).toEqual(parts));
