import { describe, expect, test } from 'vitest';
import type { AgentMessage } from '@/lib/nodes/protocol';
import { keepOutputs, limits, pickOutputs, pickSecrets, withinRoom } from './limits';

const long = (length: number) => 'x'.repeat(length);

describe('what a step hands back', () => {
  test.each([
    ['what the plan names is kept', { url: 'a', other: 'b' }, { url: 'a' }, []],
    ['what it does not name is not', { other: long(limits.output + 1) }, {}, []],
    ['the largest is kept', { url: long(limits.output) }, { url: long(limits.output) }, []],
    ['what is larger is not, and is named', { url: long(limits.output + 1), port: '1' }, { port: '1' }, ['url']],
    ['a name of every object is no output', { constructor: 'x', __proto__: 'y' }, {}, []],
  ])('%s', (_name, values, kept, tooLarge) => {
    expect(pickOutputs(values, new Set(['url', 'port']))).toEqual({ values: kept, tooLarge });
  });

  test('is kept until there is no more room, and what replaces another needs only its own', () => {
    const [half, quarter] = [long(limits.outputs / 2), long(limits.outputs / 4)];
    const first = keepOutputs({}, { a: half, b: quarter });
    expect(first.tooLarge).toEqual([]);
    const second = keepOutputs(first.outputs, { c: half, a: quarter, d: quarter });
    expect(second.tooLarge).toEqual(['c']);
    expect(Object.keys(second.outputs)).toEqual(['a', 'b', 'd']);
    expect(second.outputs.a).toBe(quarter);
  });
});

describe('what is told without end', () => {
  const size = (text: string) => text.length;
  test.each([
    ['is kept as long as there is room', ['aa', 'bb'], 0, { kept: ['aa', 'bb'], used: 4 }],
    ['ends with a word of it', ['aa', 'bb', 'cc', 'dd'], 3, { kept: ['aa', 'END'], used: 7 }],
    ['is left out after that', ['aa', 'bb'], 7, { kept: [], used: 7 }],
    ['may be too large at once', ['a'.repeat(100)], 0, { kept: ['END'], used: 100 }],
  ] as const)('%s', (_name, told, used, result) => {
    expect(withinRoom(told, used, 6, size, 'END')).toEqual(result);
  });
});

describe('secret values that a node hands back', () => {
  const outputs = (seq: number, values: Record<string, string>): AgentMessage => ({ seq, at: '', type: 'outputs', step: 'one', values });
  const text: AgentMessage = { seq: 9, at: '', type: 'output', step: 'one', text: 'key' };
  const secret = new Set(['key', 'token']);
  test.each<[string, AgentMessage[], number, AgentMessage[], [number, string[]][], number]>([
    ['are sealed', [outputs(1, { key: 'a', url: 'u' })], 5, [outputs(1, { key: 'a', url: 'u' })], [], 1],
    [
      'are sealed as they were told last',
      [outputs(1, { key: 'a', url: 'u' }), outputs(2, { key: 'b' })],
      5,
      [outputs(1, { url: 'u' }), outputs(2, { key: 'b' })],
      [],
      1,
    ],
    [
      'are named where there is no room',
      [outputs(1, { key: 'a', token: 'b' }), text],
      0,
      [outputs(1, {}), text],
      [[1, ['key', 'token']]],
      0,
    ],
    [
      'are sealed as far as there is room',
      [outputs(1, { key: 'a' }), outputs(2, { token: 'b', url: 'u' })],
      1,
      [outputs(1, { key: 'a' }), outputs(2, { url: 'u' })],
      [[2, ['token']]],
      1,
    ],
    ['are no others', [outputs(1, { url: 'u' }), text], 0, [outputs(1, { url: 'u' }), text], [], 0],
  ])('%s', (_name, messages, room, kept, left, seals) => {
    expect(pickSecrets(messages, secret, room)).toEqual({ messages: kept, left: new Map(left), seals });
  });
});

test('what an output takes is its name and its value', () => {
  const name = 'n'.repeat(10);
  expect(keepOutputs({}, { [name]: long(limits.outputs - 10) }).tooLarge).toEqual([]);
  expect(keepOutputs({}, { [name]: long(limits.outputs - 9) }).tooLarge).toEqual([name]);
  expect(keepOutputs({ a: '' }, { [name]: long(limits.outputs - 10) }).tooLarge).toEqual([name]);
  expect(keepOutputs({ [name]: 'x' }, { [name]: long(limits.outputs - 10) }).tooLarge).toEqual([]);
});
