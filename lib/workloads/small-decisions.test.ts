import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { AppError, type ErrorCode } from '@/lib/core/errors';
import { type LocalityRule, mayMove } from './locality';
import { mayBeDone } from './may-be-done';
import { aliveUntil } from './pairs/alive';
import { whyWaiting } from './services/pending';

test.each<[ErrorCode, boolean]>([
  ['deadline-passed', true],
  ['upstream-failed', true],
  ['site-unreachable', false],
  ['upstream-refused', false],
  ['not-found', false],
])('whether something may have been done though the answer was %s: %s', (code, may) => {
  expect(mayBeDone(new AppError({ code, title: '', detail: '' }))).toBe(may);
});

test('whoever is at work counts as alive for five minutes', () => {
  expect(aliveUntil({ clock: new ManualClock(new Date('2030-01-01T00:00:00Z')) })).toEqual(new Date('2030-01-01T00:05:00Z'));
});

const gib = 2 ** 30;
const node = {
  name: 'n',
  gpus: 0,
  interLink: false,
  ready: true,
  milliCores: 2000,
  freeMilliCores: 0,
  memoryBytes: 4 * gib,
  freeMemoryBytes: 0,
};
const status = (milliCores: number, memoryBytes: number, nodes = [node]) => ({
  ready: true,
  nodes,
  gpus: 0,
  totalFree: { milliCores, memoryBytes },
  mostFree: { milliCores, memoryBytes },
});
const job = { name: 'j', state: 'Pending' as const, createdAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null };
const now = new Date('2026-01-01T00:00:07Z');

test.each([
  ['as much as is free', '2', '4Gi', status(2000, 4 * gib), 'starting'],
  ['more memory than is free', '1', '2Gi', status(2000, gib), 'no-room'],
  ['more memory than any machine has', '1', '5Gi', status(2000, gib), 'too-large'],
  ['as much as a machine has', '2', '4Gi', status(0, 0), 'no-room'],
  ['as much as one of two machines has', '2', '4Gi', status(0, 0, [{ ...node, milliCores: 500 }, node]), 'no-room'],
  ['more than a cluster without machines has', '2', '4Gi', status(0, 0, []), 'no-room'],
  ['what nobody can read', 'x2', '4Gi', status(1000, 4 * gib), 'starting'],
  ['what goes on after a number', '2x', '4Gi', status(1000, 4 * gib), 'starting'],
  ['thousandths with digits', '2500.25m', '1Gi', status(2500, 4 * gib), 'too-large'],
  ['no memory that anybody can read', '1', 'x9Gi', status(1000, 0), 'starting'],
])('a job waits that needs %s', (_name, cpu, memory, has, why) => {
  expect(whyWaiting(job, { cpu, memory }, has, now)?.why).toBe(why);
});

const at = (region: string, lat = 0, lon = 0) => ({ region, lat, lon });
const rule = (more: Partial<LocalityRule>): LocalityRule => ({
  cluster: '*',
  bucket: 'b',
  prefix: '',
  rule: { kind: 'prefer-near' },
  by: 'person',
  ...more,
});
const move = (more: object = {}) => ({ cluster: 'c', bucket: 'b', path: 'x/y', bytes: 10, from: at('eu'), to: at('us', 0, 90), ...more });
const stay = { kind: 'stay', region: 'eu' } as const;
const free = { kind: 'free' } as const;

test.each<[string, LocalityRule[], string]>([
  ['a folder with slashes at its end', [rule({ prefix: 'x//', rule: stay })], 'refused'],
  ['the path itself', [rule({ prefix: 'x/y', rule: stay })], 'refused'],
  ['a folder of a like name', [rule({ prefix: 'x/yy', rule: stay })], 'none'],
  ['a closer one of a folder', [rule({ rule: stay }), rule({ prefix: 'x', rule: free })], 'allowed'],
  ['a deeper one', [rule({ prefix: 'x//', rule: stay }), rule({ prefix: 'x/y', rule: free })], 'allowed'],
  ['one of this very cluster', [rule({ rule: stay }), rule({ cluster: 'c', rule: free })], 'allowed'],
  ['one of a bucket before one of a cluster', [rule({ rule: free }), rule({ cluster: 'c', bucket: '*', rule: stay })], 'allowed'],
  ['of two as close the stricter one', [rule({ rule: free }), rule({ rule: stay })], 'refused'],
  ['of two as close the nearer one', [rule({ rule: free }), rule({})], 'warn'],
  ['of two that stay the one that is broken', [rule({ rule: { kind: 'stay', region: 'us' } }), rule({ rule: stay })], 'refused'],
  [
    'of the operator’s two the one that is broken',
    [rule({ by: 'operator', rule: { kind: 'stay', region: 'us' } }), rule({ by: 'operator', rule: stay })],
    'refused',
  ],
  [
    'an operator’s bound before what a person says closer',
    [rule({ by: 'operator', rule: stay }), rule({ prefix: 'x', rule: free })],
    'refused',
  ],
  [
    'what a person says closer before what an operator only prefers',
    [rule({ by: 'operator' }), rule({ prefix: 'x', rule: free })],
    'allowed',
  ],
])('of rules counts %s', (_name, rules, answer) => {
  const told = mayMove([move()], rules);
  expect(told.answer === 'allowed' && told.rule === null ? 'none' : told.answer).toBe(answer);
});

test('of several moves the first rule that allows is told, and the farthest with all bytes', () => {
  const near = rule({ bucket: 'near', rule: free });
  expect(mayMove([move({ bucket: 'near' }), move({ bucket: 'b', to: at('eu') })], [near, rule({})])).toEqual({
    answer: 'allowed',
    rule: near,
  });
  const moves = [move(), move({ to: at('us', 0, 180), bytes: 5 }), move({ to: at('eu', 0, 90), bytes: 100 })];
  expect(mayMove(moves, [rule({})])).toEqual({ answer: 'warn', rule: rule({}), bytes: 15, kilometres: Math.round(Math.PI * 6371) });
});
