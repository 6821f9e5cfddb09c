import { describe, expect, test } from 'vitest';
import type { Admission } from '@/lib/store/schema';
import { admit, hostKeysOf, isAnnounced, isOfBefore, mayHaveSteps, ofThisMachine, runOf, tellsRuns } from './admission';

const identity = { token: 'a'.repeat(64), hostKey: 'new key' };
const other = { token: 'b'.repeat(64), hostKey: 'their key' };
const fresh: Admission = { hash: 'h1', firstKey: 'first key', taken: null };
const taken: Admission = { ...fresh, taken: identity };
const second: Admission = { hash: 'h2', firstKey: 'first key of another try', taken: null };
const byHash = (hash: string) => (admission: Admission) => admission.hash === hash;

describe('an agent that comes with a one-time token', () => {
  test.each([
    ['is bound to it', [fresh, second], 'h1', identity, 'taken', [taken, second], true],
    ['may come with the same again', [taken], 'h1', identity, 'known', [taken], false],
    ['is refused where another came before', [taken], 'h1', other, 'spent', [{ ...taken, refused: true }], true],
    [
      'is refused with half of the other’s identity',
      [taken],
      'h1',
      { ...identity, hostKey: 'x' },
      'spent',
      [{ ...taken, refused: true }],
      true,
    ],
    ['is refused again without more words', [{ ...taken, refused: true }], 'h1', other, 'spent', [{ ...taken, refused: true }], false],
    [
      'goes on beside another that was refused',
      [{ ...taken, refused: true }],
      'h1',
      identity,
      'known',
      [{ ...taken, refused: true }],
      false,
    ],
    ['is nobody with a token that went out to nobody', [taken], 'h3', identity, 'unknown', [taken], false],
    ['is nobody at a node without a machine', [], 'h1', identity, 'unknown', [], false],
  ] as const)('%s', (_name, before, hash, who, outcome, admissions, news) => {
    expect(admit(before, byHash(hash), who)).toEqual({ outcome, admissions, news });
  });
});

test.each([
  ['the first keys of all that went out', { host_key: null, admissions: [fresh, second] }, ['first key', 'first key of another try']],
  ['also the one that an agent announced', { host_key: null, admissions: [taken] }, ['first key', 'new key']],
  ['that alone once it is in place', { host_key: 'new key', admissions: [taken] }, ['new key']],
  ['none before a machine was made', { host_key: null, admissions: [] }, []],
])('the host keys that are expected: %s', (_name, node, keys) => {
  expect(hostKeysOf(node)).toEqual(keys);
});

test('only a host key that was announced is believed', () => {
  expect([isAnnounced({ admissions: [taken] }, 'new key'), isAnnounced({ admissions: [taken] }, 'first key')]).toEqual([true, false]);
});

test('what went out to machines that a node did not become is of no use once it is ready', () => {
  const elsewhere = { ...second, taken: other };
  expect(ofThisMachine({ host_key: 'new key', admissions: [taken, second, elsewhere] })).toEqual([taken]);
});

const step = (state: 'waiting' | 'running' | 'done' | 'failed') => ({ name: state, title: '', state, attempt: 1 });
test.each([
  ['one that boots for the first time', 'booting', [step('waiting')], true],
  ['one at work', 'configuring', [step('done'), step('running')], true],
  ['one without steps', 'configuring', [], true],
  ['one that was asked to try again', 'configuring', [step('done'), step('waiting')], true],
  ['one that is ready', 'ready', [step('done')], false],
  ['one that reboots after it was ready', 'booting', [step('done')], false],
  ['one that reboots after it was given up', 'booting', [step('done'), step('failed'), step('waiting')], false],
  ['one that was given up', 'failed', [step('failed')], false],
  ['one that is stopped', 'stopped', [step('waiting')], false],
  ['one that is deleted', 'deleting', [step('waiting')], false],
] as const)('whether it may have its steps: %s', (_name, state, steps, may) => {
  expect(mayHaveSteps({ state, steps: [...steps], run_from: null })).toBe(may);
});

test('an agent whose one token is for good is of before', () => {
  const old = { ...fresh, taken: { token: fresh.hash, hostKey: fresh.firstKey } };
  expect([isOfBefore({ admissions: [old] }), isOfBefore({ admissions: [taken] })]).toEqual([true, false]);
});

const run = { run_from: 'one', run_only: null, run_number: 3, run_ends: false };
test.each([
  ['nothing', { ...run, run_from: null, run_only: ['one'], run_ends: true }, undefined],
  ['all from a step on', run, { from: 'one', number: 3 }],
  ['some steps', { ...run, run_only: ['one'] }, { from: 'one', only: ['one'], number: 3 }],
  ['none, and to learn who its peers are', { ...run, run_only: [] }, { from: 'one', only: [], number: 3 }],
  ['to end what it does before', { ...run, run_ends: true }, { from: 'one', number: 3, ends: true }],
])('what an agent is asked to run: %s', (_name, node, asked) => expect(runOf(node)).toEqual(asked));

test.each([
  [{}, false],
  [{ agent: 2 }, false],
  [{ agent: 3 }, true],
  [{ agent: 4 }, true],
  [{ agent: '3' }, false],
])('an agent that says %j of itself tells its runs apart: %s', (facts, tells) => expect(tellsRuns({ facts })).toBe(tells));

test.each([
  ['done, and asked to run again', 'configuring', [step('done')], 'one', true],
  ['failed, and asked to run again', 'configuring', [step('failed')], 'one', false],
] as const)('whether one may have its steps that is %s', (_name, state, steps, run_from, may) => {
  expect(mayHaveSteps({ state, steps: [...steps], run_from })).toBe(may);
});

test('before its agent said which key it put in place, each that was announced counts, and none that was not', () => {
  expect(ofThisMachine({ host_key: null, admissions: [taken, second, { ...second, taken: other }] })).toEqual([
    taken,
    { ...second, taken: other },
  ]);
});

test('a node that was admitted twice by one key is expected with it once', () => {
  expect(hostKeysOf({ host_key: null, admissions: [taken, { ...taken, firstKey: 'new key' }] })).toEqual(['first key', 'new key']);
});
