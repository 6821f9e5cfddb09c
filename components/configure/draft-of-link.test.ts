import { describe, expect, test } from 'vitest';
import { linkLike } from '@/components/shared/link-like';
import type { FormInput, RecipeDetail } from '@/lib/catalog/types';
import { answersOfLink, draftLike } from './draft-of-link';

const input = (name: string, type: FormInput['type'], more: Partial<FormInput> = {}): FormInput => ({
  name,
  type,
  label: name,
  required: false,
  constraints: [],
  widget: 'text',
  secret: false,
  tab: '',
  ...more,
});
const inputs = [
  input('worker_count', 'integer'),
  input('mpi', 'boolean'),
  input('users', 'list'),
  input('password', 'string', { secret: true }),
  input('token', 'string', { widget: 'password' }),
  input('step', 'string'),
  input('ssh_cidr', 'string', { widget: 'cidr' }),
];
const read = (query: string) => answersOfLink(inputs, new URLSearchParams(query));

describe('the answers of a link', () => {
  test.each([
    ['worker_count=5', { worker_count: '5' }],
    ['inputs.worker_count=5', { worker_count: '5' }],
    ['inputs.worker_count=5&worker_count=6', { worker_count: '5' }],
    ['worker_count=5&worker_count=6', { worker_count: '6' }],
    ['worker_count=', { worker_count: '' }],
    ['mpi=true', { mpi: true }],
    ['mpi=Yes', { mpi: true }],
    ['mpi=0', { mpi: false }],
    ['mpi=off', { mpi: false }],
    ['mpi=perhaps', {}],
    ['users=ada&users=bob', { users: ['ada', 'bob'] }],
    ['step=review', {}],
    ['inputs.step=review', { step: 'review' }],
    ['password=canary&token=canary', {}],
    ['ssh_cidr=0.0.0.0/0&inputs.ssh_cidr=0.0.0.0/1', {}],
    ['nothing=5&tab=network', {}],
  ])('of “%s” are %o', (query, answers) => {
    expect(read(query).answers).toEqual(answers);
  });

  test('are told by the names that they stand under, secrets too, so that those leave the address', () => {
    expect(read('worker_count=5&inputs.mpi=1&password=canary&tab=x').read).toEqual(['worker_count', 'inputs.mpi', 'password']);
  });
});

describe('a deployment like another one', () => {
  const recipe = {
    inputs,
    groups: [
      { name: 'controller', placementSet: 'cluster' },
      { name: 'workers', placementSet: 'cluster' },
      { name: 'far', placementSet: 'far' },
    ],
  } as RecipeDetail;
  const place = { site: 'europe', project: 'p', credential: 'c' };
  const view = {
    addOns: ['nfs'],
    inputs: { worker_count: 3, mpi: false, users: ['ada'], password: '***', token: '***', gone: 1 },
    placement: {
      controller: { ...place, flavor: 'small', image: 'i' },
      workers: { ...place, flavor: 'baremetal', image: 'i', lease: 'l' },
    },
  };

  test('has its answers but for secrets, its sites and its machines, and not its lease', () => {
    expect(draftLike(recipe, view, false)).toEqual({
      addOns: ['nfs'],
      inputs: { worker_count: '3', mpi: false, users: ['ada'] },
      sites: { cluster: { site: 'europe', project: 'p', credential: 'c' } },
      machines: { controller: { flavor: 'small', image: 'i' }, workers: { image: 'i' } },
      ways: { cluster: {} },
      name: '',
    });
  });

  test('that made its lease has no flavor of it either; what is not said of a place is left open', () => {
    const newLease = { start: 'now' as const, end: '2026-11-28T09:00:00Z' };
    const placement = { workers: { site: 'europe', flavor: 'f', newLease, trustedImage: 't' } };
    expect(draftLike(recipe, { ...view, placement }, false)).toMatchObject({
      sites: { cluster: { site: 'europe', project: null, credential: null } },
      machines: { workers: { trustedImage: 't' } },
    });
  });

  test('elsewhere has its answers, and no place', () => {
    expect(draftLike(recipe, view, true)).toMatchObject({ inputs: { worker_count: '3' }, sites: {}, machines: {} });
  });

  test.each([
    [{ addOns: [] }, false, '/deploy/slurm?from=dep_1'],
    [{ addOns: ['nfs', 'docker'] }, true, '/deploy/slurm?from=dep_1&elsewhere=1&addOns=nfs%2Cdocker'],
  ])('has an address: %o, elsewhere: %s', (of, elsewhere, address) => {
    expect(linkLike({ id: 'dep_1', recipe: 'slurm', ...of }, elsewhere)).toBe(address);
  });
});
