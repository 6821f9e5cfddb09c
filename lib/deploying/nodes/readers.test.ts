import { expect, test } from 'vitest';
import { needsVisits } from './readers';

const now = new Date('2030-01-01T00:10:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const calling = { channel: 'callback', state: 'booting', heard_at: null, deadline_at: inSeconds(850) } as const;

test.each([
  ['one that can’t call back is visited', { ...calling, channel: 'ssh' }, true],
  ['one that is ready is not', { ...calling, channel: 'ssh', state: 'ready' }, false],
  ['one that can call back is given the time to', calling, false],
  ['one that could, and did not for two minutes, is visited', { ...calling, deadline_at: inSeconds(770) }, true],
  ['one that was heard is left to call', { ...calling, heard_at: now, deadline_at: inSeconds(10) }, false],
] as const)('%s', (_name, node, visited) => {
  expect(needsVisits(node, now)).toBe(visited);
});
