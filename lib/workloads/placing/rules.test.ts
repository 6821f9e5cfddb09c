import { expect, test } from 'vitest';
import { operatorRules } from './rules';

const clusters = [
  { id: 'eu', endpoint: 'https://oscar.eu.example' },
  { id: 'us', endpoint: 'https://oscar.us.example:8443/' },
  { id: 'dot', endpoint: 'https://oscar.dot.example./' },
  { id: 'odd', endpoint: 'no address' },
];
const given = { bucket: 'fish', folder: 'in', rule: 'stay', region: 'eu' } as const;

test.each([
  ['of any cluster', given, [{ id: 'operator_1', cluster: null, prefix: 'in', kind: 'stay', region: 'eu', by: 'operator' }]],
  ['without a shore', { bucket: '*', folder: '', rule: 'free' } as const, [{ cluster: null, bucket: '*', kind: 'free', region: null }]],
  ['of one that the person has', { ...given, cluster: 'https://oscar.us.example:8443' }, [{ id: 'operator_1_us', cluster: 'us' }]],
  ['of one whose address the person ended with a dot', { ...given, cluster: 'https://oscar.dot.example' }, [{ cluster: 'dot' }]],
  ['of one at another port', { ...given, cluster: 'https://oscar.us.example' }, []],
  ['of one that the person has not', { ...given, cluster: 'https://oscar.far.example' }, []],
])('a rule of the operator %s', (_, rule, expected) => {
  expect(operatorRules([rule], clusters)).toMatchObject(expected);
  expect(operatorRules([rule], clusters)).toHaveLength(expected.length);
});
