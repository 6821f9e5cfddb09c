import { expect, test } from 'vitest';
import { type LocalityRule, mayMove } from '../locality';
import { moveOfFile, movesOfPair } from './moves';

const eu = { id: 'e', region: 'eu' } as const;
const us = { id: 'u', region: 'us' } as const;
const rule = (more: Partial<LocalityRule>): LocalityRule => ({
  cluster: '*',
  bucket: 'fish',
  prefix: '',
  rule: { kind: 'stay', region: 'eu' },
  by: 'person',
  ...more,
});
const wish = { input: [{ path: '/fish/in/' }] };

test.each<[string, LocalityRule[], (rules: LocalityRule[]) => ReturnType<typeof movesOfPair>, string]>([
  ['a pair over the ocean, of data that stays', [rule({})], (rules) => movesOfPair(wish, eu, us, rules), 'refused'],
  ['a pair of one shore', [rule({})], (rules) => movesOfPair(wish, eu, { id: 'x', region: 'eu' }, rules), 'allowed'],
  ['a pair whose rule is of a folder inside', [rule({ prefix: 'in/secret' })], (rules) => movesOfPair(wish, eu, us, rules), 'refused'],
  ['a pair whose rule is of a folder beside', [rule({ prefix: 'inner' })], (rules) => movesOfPair(wish, eu, us, rules), 'allowed'],
  ['a pair whose rule is of its folder', [rule({ prefix: 'in' })], (rules) => movesOfPair(wish, eu, us, rules), 'refused'],
  ['a pair whose rule is of another cluster', [rule({ cluster: 'u' })], (rules) => movesOfPair(wish, eu, us, rules), 'allowed'],
  ['a pair of data that is better near', [rule({ rule: { kind: 'prefer-near' } })], (rules) => movesOfPair(wish, eu, us, rules), 'warn'],
  [
    'a pair of one bucket that is free among others that stay',
    [rule({ bucket: '*' }), rule({ rule: { kind: 'free' } })],
    (rules) => movesOfPair(wish, eu, us, rules),
    'allowed',
  ],
  ['a file for the other shore', [rule({})], () => [moveOfFile(us, { bucket: 'fish', key: 'in/a' }, 1)], 'refused'],
  ['a file for its own shore', [rule({})], () => [moveOfFile(eu, { bucket: 'fish', key: 'in/a' }, 1)], 'allowed'],
  ['a file of another bucket', [rule({})], () => [moveOfFile(us, { bucket: 'other', key: 'in/a' }, 1)], 'allowed'],
])('%s', (_, rules, moves, answer) => {
  expect(mayMove(moves(rules), rules).answer).toBe(answer);
});
