import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { host } from '../testing/site';
import type { Condition } from '../types';
import { exactly, expressionOf, parseExpression } from './expression';

const one: Condition = { name: 'node_type', op: '=', value: 'gpu_k80' };
const other: Condition = { name: 'uid', op: '!=', value: 'x' };

describe('expressions of properties', () => {
  it.each<[Condition[], string]>([
    [[], ''],
    [[one], '["=","$node_type","gpu_k80"]'],
    [[one, other], '["and",["=","$node_type","gpu_k80"],["!=","$uid","x"]]'],
    [[{ ...one, value: '"],["=","$x","' }], '["=","$node_type","\\"],[\\"=\\",\\"$x\\",\\""]'],
  ])('%j', (conditions, text) => {
    expect(expressionOf(conditions)).toBe(text);
    expect(parseExpression(text)).toEqual(conditions);
  });

  it('are read as they were written, whatever is in them', () => {
    const condition = fc.record({ name: fc.string(), op: fc.constantFrom('=' as const, '!=' as const), value: fc.string() });
    fc.assert(
      fc.property(fc.array(condition), (conditions) => {
        expect(parseExpression(expressionOf(conditions))).toEqual(conditions);
      }),
    );
  });

  it.each([
    [undefined, []],
    ['  ', []],
    ['["==","$node_type","gpu_k80"]', [one]],
    ['[">=","$vcpus","4"]', [{ name: 'vcpus', op: '>=', value: '4' }]],
    ['["and",["==","$node_type","gpu_k80"]]', [one]],
    ['["or",["=","$a","b"]]', undefined],
    ['["and",["and",["=","$a","b"]]]', undefined],
    ['["=","node_type","gpu_k80"]', undefined],
    ['["=","$a",4]', undefined],
    ['["=","$a","b","c"]', undefined],
    ['not json', undefined],
    ['{}', undefined],
    ['null', undefined],
  ])('%s is read as %j', (text, conditions) => {
    expect(parseExpression(text)).toEqual(conditions);
  });
});

it.each([
  [{ uid: 'u' }, 'u', 'uid'],
  [{ node_name: 'n', hypervisor_hostname: 'h' }, 'n', 'node_name'],
  [{ hypervisor_hostname: 'h' }, 'h', 'hypervisor_hostname'],
  [{}, 'u', 'uid'],
])('a host with %j, known as %s, is named by its %s', (properties, uid, name) => {
  expect(exactly({ ...host('1'), properties, uid })).toEqual({ name, op: '=', value: uid });
});
