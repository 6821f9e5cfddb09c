import { describe, expect, test } from 'vitest';
import type { DeploymentState } from '@/lib/store/schema';
import { allowedActions, allowedChange, changingOf } from './allowed';

const states: DeploymentState[] = [
  'planned',
  'waiting-for-lease',
  'deploying',
  'configuring',
  'ready',
  'degraded',
  'updating',
  'stopping',
  'stopped',
  'starting',
  'failed',
  'deleting',
];
type Actions = ReturnType<typeof allowedActions>;
const may = (actions: Actions) => Object.entries(actions).flatMap(([name, { allowed }]) => (allowed ? [name] : []));
const reasons = (actions: Actions) => Object.fromEntries(Object.entries(actions).map(([name, { reason }]) => [name, reason]));

describe('what may be done to a deployment', () => {
  test.each<[DeploymentState, string[]]>([
    ['planned', ['cancel', 'delete']],
    ['waiting-for-lease', ['cancel', 'delete']],
    ['deploying', ['cancel', 'delete']],
    ['configuring', ['cancel', 'delete']],
    ['ready', ['stop', 'reboot', 'configure', 'rebuild', 'delete']],
    ['degraded', ['stop', 'start', 'reboot', 'retry', 'configure', 'rebuild', 'delete']],
    ['stopping', ['stop', 'start', 'delete']],
    ['stopped', ['start', 'delete']],
    ['starting', ['stop', 'delete']],
    ['failed', ['reboot', 'retry', 'configure', 'rebuild', 'delete']],
    ['updating', ['delete']],
    ['deleted', []],
  ])('that is %s: %j', (state, actions) => expect(may(allowedActions(state, 'running'))).toEqual(actions));

  test.each<[DeploymentState, string[]]>([
    ['deleting', []],
    ['failed', ['retry', 'delete']],
    ['deleted', []],
  ])('that is to be deleted and is %s: %j', (state, actions) => expect(may(allowedActions(state, 'deleted'))).toEqual(actions));

  test.each<[DeploymentState, 'on' | 'back', string[]]>([
    ['updating', 'on', ['cancel', 'delete']],
    ['degraded', 'on', ['retry', 'cancel', 'delete']],
    ['updating', 'back', ['delete']],
    ['failed', 'back', ['retry', 'delete']],
  ])('that is %s and is being changed (%s): %j', (state, changing, actions) =>
    expect(may(allowedActions(state, 'running', changing))).toEqual(actions),
  );
});

describe('why something may not be done', () => {
  test.each<[string, Parameters<typeof allowedActions>, Record<string, string | undefined>]>([
    ['that is deleted', ['deleted', 'deleted'], { stop: 'It is deleted.', cancel: 'It is deleted.', delete: 'It is deleted.' }],
    [
      'that is being deleted',
      ['deleting', 'deleted'],
      {
        stop: 'It is being deleted.',
        cancel: 'It is being deleted.',
        delete: 'It is being deleted already.',
        retry: 'Nothing of it has failed.',
      },
    ],
    [
      'that is ready',
      ['ready', 'running'],
      {
        start: 'It is not stopped.',
        retry: 'Nothing of it has failed.',
        cancel: 'Nothing is under way; delete it instead.',
        stop: undefined,
      },
    ],
    [
      'that is stopped',
      ['stopped', 'stopped'],
      {
        stop: 'It is stopped already.',
        reboot: 'It has to be running.',
        configure: 'It has to be running.',
        rebuild: 'It has to be running.',
      },
    ],
    ['that is made', ['deploying', 'running'], { stop: 'It has to be ready first.' }],
    ['that is changed', ['updating', 'running', 'on'], { stop: 'It is being changed.', rebuild: 'It is being changed.' }],
    ['that goes back', ['updating', 'running', 'back'], { cancel: 'It is going back already.' }],
  ])('to a deployment %s', (_, about, said) => expect(reasons(allowedActions(...about))).toMatchObject(said));
});

test.each<[DeploymentState, 'running' | 'stopped' | 'deleted', 'no' | 'on' | 'back', string | undefined]>([
  ['ready', 'running', 'no', undefined],
  ['degraded', 'running', 'no', undefined],
  ['ready', 'deleted', 'no', 'It is being deleted, or is deleted.'],
  ['ready', 'running', 'on', 'It is being changed.'],
  ['ready', 'running', 'back', 'It is being changed.'],
  ['stopped', 'stopped', 'no', 'It is stopped. Start it first.'],
  ['failed', 'running', 'no', 'It has to be ready first.'],
])('whether what it is made of may be changed: %s, wanted %s, changing %s', (state, wanted, changing, reason) => {
  expect(allowedChange(state, wanted, changing)).toEqual(reason === undefined ? { allowed: true } : { allowed: false, reason });
});

test('every refusal says why, and nothing that is allowed does', () => {
  for (const state of states)
    for (const changing of ['no', 'on', 'back'] as const)
      for (const { allowed, reason } of Object.values(allowedActions(state, 'running', changing)))
        expect(reason === undefined).toBe(allowed);
});

test('a change that is called off goes back', () => {
  const updating = (back: boolean) => ({ updating: { back } }) as Parameters<typeof changingOf>[0];
  expect([changingOf({ updating: null }), changingOf(updating(false)), changingOf(updating(true))]).toEqual(['no', 'on', 'back']);
});
