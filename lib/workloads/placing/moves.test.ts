import { expect, test } from 'vitest';
import { type LocalityRule, mayMove } from '../locality';
import { moveOfFile, movesOfPair, ruleWords, staysIn } from './moves';

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
const whole = { input: [{ path: 'fish' }] };

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
  [
    'a pair of all of a bucket whose rule is of a folder',
    [rule({ prefix: 'secret' })],
    (rules) => movesOfPair(whole, eu, us, rules),
    'refused',
  ],
  [
    'a file whose key has slashes too many',
    [rule({ prefix: 'in/b' })],
    () => [moveOfFile(us, { bucket: 'fish', key: '//in//b/a' }, 1)],
    'refused',
  ],
  ['a file for the other shore', [rule({})], () => [moveOfFile(us, { bucket: 'fish', key: 'in/a' }, 1)], 'refused'],
  ['a file for its own shore', [rule({})], () => [moveOfFile(eu, { bucket: 'fish', key: 'in/a' }, 1)], 'allowed'],
  ['a file of another bucket', [rule({})], () => [moveOfFile(us, { bucket: 'other', key: 'in/a' }, 1)], 'allowed'],
])('%s', (_, rules, moves, answer) => {
  expect(mayMove(moves(rules), rules).answer).toBe(answer);
});

test.each([
  [{ bucket: '*', prefix: '' }, 'any bucket'],
  [{ bucket: 'fish', prefix: '' }, 'fish'],
  [{ bucket: 'fish', prefix: 'in/a' }, 'fish/in/a'],
  [{ bucket: '*', prefix: 'in' }, 'any bucket/in'],
])('a rule on %j is said as %s', (of, words) => expect(ruleWords(of)).toBe(words));

test.each([
  [{ kind: 'stay', region: 'eu' } as const, 'eu'],
  [{ kind: 'free' } as const, ''],
])('a refusal by %j keeps data in “%s”', (of, region) => {
  const move = moveOfFile(us, { bucket: 'fish', key: 'in/a' }, 1);
  expect(staysIn({ answer: 'refused', rule: rule({ rule: of }), move })).toBe(region);
});

test('a pair may move each folder where its files arrive, and folders in it of which a rule speaks', () => {
  const moved = movesOfPair({ input: [{ path: '//fish/in/deep//' }, { path: 'all' }] }, eu, us, [
    rule({ prefix: 'in/deep/er' }),
    rule({ prefix: 'in' }),
  ]);
  expect(moved.map(({ cluster, bucket, path, bytes, from, to }) => [cluster, bucket, path, bytes, from.region, to.region])).toEqual([
    ['e', 'fish', 'in/deep', 0, 'eu', 'us'],
    ['e', 'fish', 'in/deep/er', 0, 'eu', 'us'],
    ['e', 'all', '', 0, 'eu', 'us'],
    ['e', 'all', 'in/deep/er', 0, 'eu', 'us'],
    ['e', 'all', 'in', 0, 'eu', 'us'],
  ]);
});
