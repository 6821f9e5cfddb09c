import { describe, expect, it } from 'vitest';
import { host } from '../testing/site';
import type { Condition } from '../types';
import { exactly, expressionOf } from './expression';

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
