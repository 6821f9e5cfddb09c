import { describe, expect, test } from 'vitest';
import { linkLike } from '@/components/shared/link-like';
import { keepSite } from '@/components/shared/with-query';
import type { FormInput, RecipeDetail } from '@/lib/catalog/types';
import { emptyDraft } from './draft';
import { answersOfLink, draftAt, draftLike } from './draft-of-link';

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
    ['site=europe', {}],
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

describe('a deployment at the site that somebody came from', () => {
  const group = (name: string, placementSet: string) => ({ name, placementSet });
  const recipe = {
    sets: [{ name: 'none' }, { name: 'near' }, { name: 'far' }],
    groups: [group('front', 'near'), group('worker', 'near'), group('other', 'far')],
  } as RecipeDetail;
  const there = { site: 'europe', project: null, credential: null };
  const draft = {
    ...emptyDraft,
    inputs: { worker_count: '3' },
    sites: { near: { site: 'america', project: 'p', credential: 'c' }, far: { site: 'asia', project: 'q', credential: 'c' } },
    machines: { front: { flavor: 'f' }, other: { flavor: 'g' } },
    ways: { near: { network: 'n' }, far: { network: 'm' } },
  };

  test('goes there with its first part, without what was chosen of another site', () => {
    expect(draftAt(draft, recipe, 'europe')).toEqual({
      ...draft,
      sites: { near: there, far: draft.sites.far },
      machines: { other: { flavor: 'g' } },
      ways: { far: { network: 'm' } },
    });
    expect(draftAt(emptyDraft, recipe, 'europe').sites).toEqual({ near: there });
  });

  test('keeps what is chosen where it goes there already, and where there is no part to place', () => {
    expect(draftAt(draft, recipe, 'america')).toBe(draft);
    expect(draftAt(draft, { sets: [], groups: [] }, 'europe')).toBe(draft);
  });

  test.each([
    ['/recipes', 'de/x', '/recipes?site=de%2Fx'],
    ['/deploy/slurm?addOns=nfs', 'europe', '/deploy/slurm?addOns=nfs&site=europe'],
    ['/recipes', '', '/recipes'],
  ])('%s is reached from “%s” by %s', (path, site, address) => {
    expect(keepSite(path, site)).toBe(address);
  });
});
