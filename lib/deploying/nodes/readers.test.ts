import { expect, test } from 'vitest';
import { needsVisits, visitAgainAfter } from './readers';

const now = new Date('2030-01-01T00:10:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const calling = { channel: 'callback', state: 'booting', heard_at: null, deadline_at: inSeconds(850) } as const;

test.each([
  ['one that can’t call back is visited', { ...calling, channel: 'ssh' }, true],
  ['one that can’t call back is visited from its first second on', { ...calling, channel: 'ssh', deadline_at: inSeconds(900) }, true],
  ['one that is ready is not', { ...calling, channel: 'ssh', state: 'ready' }, false],
  ['one that can call back is given the time to', calling, false],
  ['one that could, and did not for two minutes, is visited', { ...calling, deadline_at: inSeconds(770) }, true],
  ['one that was heard is left to call', { ...calling, heard_at: now, deadline_at: inSeconds(10) }, false],
] as const)('%s', (_name, node, visited) => {
  expect(needsVisits(node, false, now)).toBe(visited);
});

test.each([
  ['is given the same time to call', 1700, false],
  ['that did not call for two minutes is visited, though it may take half an hour', 1670, true],
] as const)('hardware of its own %s', (_name, left, visited) => {
  expect(needsVisits({ ...calling, deadline_at: inSeconds(left) }, true, now)).toBe(visited);
});

test('the next visit is soon after one that brought something, and ever later after some in vain', () => {
  expect([0, 1, 2, 3, 4, 100].map(visitAgainAfter)).toEqual([1, 2, 4, 8, 10, 10]);
});
