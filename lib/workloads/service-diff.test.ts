import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import { fromWire, toWire } from '@/lib/oscar/wire';
import { serviceChange } from './service-diff';

const path = (text: string, provider = 'minio.default') => ({ provider, path: text, suffix: [], prefix: [] });
const member = { type: 'oscar', clusterId: 'us', serviceName: 'fish', priority: 0, verify: true } as const;
const wish: ServiceWish = {
  name: 'fish',
  clusterId: 'eu',
  image: 'x:1',
  script: 'run',
  cpu: '1.0',
  memory: '1Gi',
  input: [path('fish/in')],
  output: [path('fish/out')],
  variables: { A: '1' },
  secrets: { TOKEN: new Secret('canary') },
  sharing: { members: [member], delegation: 'static', thresholdSeconds: 60 },
};
const there = (more: Partial<OscarService> = {}): OscarService => ({ ...fromWire({ ...toWire(wish, '4.1'), owner: 'ada' }), ...more });

test('what is as it is wanted is left alone, in every release', () => {
  for (const dialect of ['3.5', '3.6', '4.0', '4.1'] as const) {
    expect(serviceChange(fromWire({ ...toWire(wish, dialect), owner: 'ada' }), wish, 'ada')).toEqual({ kind: 'none' });
  }
});

test.each<[string, Partial<OscarService>]>([
  ['CPU written another way', { cpu: '1' }],
  ['a slash at the end', { input: [path('fish/in/')] }],
  ['the short name of its own MinIO', { output: [path('fish/out', 'minio')] }],
  ['a path without the bucket of the service', { input: [path('in')] }],
  ['its own MinIO among its stores', { stores: { default: { endpoint: 'https://m', region: '', verify: true } } }],
  ['what only OSCAR says', { labels: { oscar_service: 'fish' }, token: new Secret('other') }],
])('%s is no difference', (_what, more) => {
  expect(serviceChange(there(more), wish, 'ada')).toEqual({ kind: 'none' });
});

test.each<[string, Partial<OscarService>, string]>([
  ['another image', { image: 'x:2' }, 'image'],
  ['another script', { script: 'walk' }, 'script'],
  ['more memory', { memory: '2Gi' }, 'memory'],
  ['another input', { input: [path('fish/other')] }, 'input'],
  ['a filter', { output: [{ ...path('fish/out'), suffix: ['.png'] }] }, 'output'],
  ['another variable', { variables: { A: '2' } }, 'variables'],
  ['a secret more', { secrets: ['OTHER', 'TOKEN'] }, 'secrets'],
  ['no members', { sharing: { members: [], delegation: 'static', thresholdSeconds: 60 } }, 'sharing'],
  ['a delegation that is not said', { sharing: { members: [member], delegation: null, thresholdSeconds: 60 } }, 'sharing'],
  ['another threshold', { sharing: { members: [member], delegation: 'static', thresholdSeconds: 30 } }, 'sharing'],
  ['another name of the cluster', { clusterId: 'other' }, 'clusterId'],
])('%s is a change', (_what, more, field) => {
  const change = serviceChange(there(more), wish, 'ada');
  expect(change).toMatchObject({ kind: 'update', changes: [{ field }] });
  expect(JSON.stringify(change)).not.toContain('canary');
});

test('what is not there is made, and what is somebody else’s is said to be', () => {
  expect(serviceChange(null, wish, 'ada')).toEqual({ kind: 'create' });
  expect(serviceChange(there({ image: 'x:2' }), wish, 'max')).toMatchObject({ kind: 'foreign', owner: 'ada' });
  expect(serviceChange(there(), wish, 'max')).toEqual({ kind: 'none' });
});

test.each<[string, Partial<OscarService>, Partial<ServiceWish>, { field: string; from: string; to: string }[]]>([
  ['other cores', { cpu: '1.5' }, {}, [{ field: 'cpu', from: '1.5', to: '1' }]],
  ['cores that are no number', { cpu: '500m' }, {}, [{ field: 'cpu', from: '500m', to: '1' }]],
  ['cores with more than a number', { cpu: 'x1' }, { cpu: '1x' }, [{ field: 'cpu', from: 'x1', to: '1x' }]],
  ['cores of many digits', { cpu: '10.50' }, { cpu: '10.5' }, []],
  ['a graphics processor', { gpu: false }, { gpu: true }, [{ field: 'gpu', from: 'false', to: 'true' }]],
  ['none of which is spoken', { gpu: true }, {}, []],
  ['another level of its log', { logLevel: 'INFO' }, { logLevel: 'DEBUG' }, [{ field: 'logLevel', from: 'INFO', to: 'DEBUG' }]],
  ['another organisation', { vo: 'a' }, { vo: 'b' }, [{ field: 'vo', from: 'a', to: 'b' }]],
  ['others who may see it', { visibility: 'private' }, { visibility: 'public' }, [{ field: 'visibility', from: 'private', to: 'public' }]],
  ['people in another order', { allowedUsers: ['b', 'a'] }, { allowedUsers: ['a', 'b'] }, []],
  ['other people', { allowedUsers: ['a'] }, { allowedUsers: ['c', 'b'] }, [{ field: 'allowedUsers', from: 'a', to: 'b, c' }]],
  ['variables in another order', { variables: { B: '2', A: '1' } }, { variables: { A: '1', B: '2' } }, []],
  ['other variables', { variables: { B: '2', A: '1' } }, { variables: {} }, [{ field: 'variables', from: 'A=1\nB=2', to: '' }]],
  ['other notes', { annotations: { a: '1' } }, { annotations: { a: '2' } }, [{ field: 'annotations', from: 'a=1', to: 'a=2' }]],
  ['another node', { interLinkNode: 'a' }, { interLinkNode: 'b' }, [{ field: 'interLinkNode', from: 'a', to: 'b' }]],
  [
    'paths in another order, with slashes and filters',
    { input: [path('//b/in//'), { ...path('a/in'), suffix: ['.png'], prefix: ['x'] }] },
    { input: [{ ...path('/a/in'), suffix: ['.png'], prefix: ['x'] }, path('b/in')] },
    [],
  ],
  [
    'a filter, said as people write it',
    { input: [{ ...path('fish/in', 's3.mine'), suffix: ['.png'], prefix: ['x'] }] },
    { input: [path('')] },
    [{ field: 'input', from: 's3.mine fish/in *.png x*', to: 'minio.default ' }],
  ],
])('%s: only what the wish speaks of counts, and what differs is said', (_what, more, wished, changes) => {
  const change = serviceChange(there(more), { ...wish, ...wished }, 'ada');
  expect(change).toEqual(changes.length === 0 ? { kind: 'none' } : { kind: 'update', changes });
});

const at = (endpoint: string) => ({ endpoint }) as never;
test.each<[string, Partial<OscarService>, Partial<ServiceWish>, string[]]>([
  ['clusters with a slash at the end', { clusters: { us: at('https://us//') } }, { clusters: { us: at('https://us') } }, []],
  ['another cluster', { clusters: { us: at('https://us') } }, { clusters: { eu: at('https://us') } }, ['us=https://us>eu=https://us']],
  ['another address', { clusters: { us: at('https://us/x') } }, { clusters: { us: at('https://us') } }, ['us=https://us/x>us=https://us']],
  ['its own storage', { stores: { default: at('https://m'), us: at('https://us/') } }, { stores: { us: at('https://us') } }, []],
  ['another storage', { stores: { default: at('https://m') } }, { stores: { us: at('https://us') } }, ['>us=https://us']],
])('%s: how others are reached is compared by what it means', (_what, more, wished, said) => {
  const change = serviceChange(there(more), { ...wish, ...wished }, 'ada');
  expect('changes' in change ? change.changes.map(({ from, to }) => `${from}>${to}`) : []).toEqual(said);
});

test.each<[string, Partial<OscarService['sharing']>, string]>([
  ['none', { members: [] }, ''],
  ['another priority', { members: [{ ...member, priority: 2 }] }, '2 oscar us fish\nstatic after 60'],
  ['an address', { members: [{ ...member, clusterId: '', url: 'https://x' }] }, '0 oscar https://x fish\nstatic after 60'],
  ['neither name nor address', { members: [{ ...member, clusterId: '' }] }, '0 oscar  fish\nstatic after 60'],
  ['several, in whatever order', { members: [{ ...member, priority: 1 }, member] }, '0 oscar us fish\n1 oscar us fish\nstatic after 60'],
  ['never', { delegation: null }, '0 oscar us fish\nnever after 60'],
  ['as the cluster is set', { thresholdSeconds: null }, '0 oscar us fish\nstatic after as the cluster is set'],
])('to whom it hands on is said in words: %s', (_what, more, from) => {
  const change = serviceChange(there({ sharing: { ...there().sharing, ...more } }), wish, 'ada');
  expect(change).toMatchObject({ changes: [{ field: 'sharing', from, to: '0 oscar us fish\nstatic after 60' }] });
});

test('what says of nobody whose it is is changed', () => {
  expect(serviceChange(there({ image: 'x:2', owner: '' }), wish, 'max')).toMatchObject({ kind: 'update' });
});
