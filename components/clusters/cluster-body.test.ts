import { describe, expect, it } from 'vitest';
import type { ClusterView } from '@/lib/api/contract/clusters';
import { type ClusterDraft, clusterBody, clusterDraft } from './cluster-body';
import { totals } from './totals';

const empty: ClusterDraft = { name: '', endpoint: '', region: 'eu', auth: 'basic', user: 'oscar', password: '', ca: '' };
const there = {
  name: 'Europe',
  region: 'us',
  endpoint: 'https://oscar.example',
  ca: 'PEM',
  auth: { kind: 'basic', user: 'ada' },
} as ClusterView;

describe('the form of a cluster', () => {
  it('is empty for a new one', () => expect(clusterDraft()).toEqual(empty));

  it('has what is there, but no password', () =>
    expect(clusterDraft(there)).toEqual({
      ...empty,
      name: 'Europe',
      region: 'us',
      endpoint: 'https://oscar.example',
      user: 'ada',
      ca: 'PEM',
    }));

  it('of one without passwords has the usual user', () =>
    expect(clusterDraft({ ...there, ca: null, auth: { kind: 'oidc', provider: 'egi' } })).toMatchObject({
      auth: 'oidc',
      user: 'oscar',
      ca: '',
    }));
});

describe('what is sent of it', () => {
  const draft = (more: Partial<ClusterDraft> = {}) => ({ ...clusterDraft(there), ...more });

  it.each<[string, Partial<ClusterDraft>, object]>([
    ['with a password', { password: ' p ' }, { auth: { kind: 'basic', user: 'ada', password: ' p ' }, ca: 'PEM' }],
    ['with a sign-in', { auth: 'oidc', password: 'p' }, { auth: { kind: 'oidc' }, ca: 'PEM' }],
    ['without authorities', { ca: ' \n' }, { auth: { kind: 'basic', user: 'ada', password: '' } }],
    [
      'with blanks around it',
      { name: ' Europe ', endpoint: ' https://oscar.example ', user: ' ada ', ca: ' PEM ' },
      { auth: { kind: 'basic', user: 'ada', password: '' }, ca: 'PEM' },
    ],
  ])('of a new one is all: %s', (_name, more, body) =>
    expect(clusterBody(draft(more))).toEqual({ name: 'Europe', region: 'us', endpoint: 'https://oscar.example', ...body }),
  );

  it.each<[string, Partial<ClusterDraft>, object]>([
    ['nothing', {}, {}],
    ['nothing but blanks', { name: ' Europe ', user: ' ada', ca: 'PEM\n' }, {}],
    ['its name', { name: 'Other' }, { name: 'Other' }],
    ['its address', { endpoint: 'https://other' }, { endpoint: 'https://other' }],
    ['its shore', { region: 'other' }, { region: 'other' }],
    ['its password', { password: 'p' }, { auth: { kind: 'basic', user: 'ada', password: 'p' } }],
    ['its user', { user: 'max' }, { auth: { kind: 'basic', user: 'max', password: '' } }],
    ['how one signs in', { auth: 'oidc' }, { auth: { kind: 'oidc' } }],
    ['its authorities', { ca: 'NEW' }, { ca: 'NEW' }],
    ['that it has authorities', { ca: '' }, { ca: null }],
  ])('of one that is there is what differs: %s', (_name, more, body) => expect(clusterBody(draft(more), there)).toEqual(body));

  it('says nothing of a user where one signs in without', () => {
    const own = { ...there, auth: { kind: 'oidc', provider: 'egi' } } as ClusterView;
    expect(clusterBody({ ...clusterDraft(own), user: 'max' }, own)).toEqual({});
    expect(clusterBody({ ...clusterDraft(own), auth: 'basic' }, own)).toEqual({ auth: { kind: 'basic', user: 'oscar', password: '' } });
  });
});

it('machines of a cluster have together what each has', () => {
  const node = { name: 'a', milliCores: 4000, freeMilliCores: 1000, memoryBytes: 8, freeMemoryBytes: 2 };
  const other = { name: 'b', milliCores: 2000, freeMilliCores: 500, memoryBytes: 4, freeMemoryBytes: 1 };
  type Nodes = Parameters<typeof totals>[0];
  expect(totals([node, other] as unknown as Nodes)).toEqual({
    milliCores: 6000,
    freeMilliCores: 1500,
    memoryBytes: 12,
    freeMemoryBytes: 3,
  });
  expect(totals([])).toEqual({ milliCores: 0, freeMilliCores: 0, memoryBytes: 0, freeMemoryBytes: 0 });
});
