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
