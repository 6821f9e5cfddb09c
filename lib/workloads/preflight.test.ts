import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { type Finding, isPrivate, memoryBytes, preflight, type Side, type Wanted } from './preflight';

const GIB = 1024 ** 3;
const node = {
  name: 'n',
  milliCores: 4000,
  freeMilliCores: 0,
  memoryBytes: 8 * GIB,
  freeMemoryBytes: 0,
  gpus: 0,
  interLink: false,
  ready: true,
};
const side = (more: Partial<Side> = {}): Side => ({
  name: 'OSCAR Europe',
  dialect: '4.1',
  endpoint: 'https://oscar.example.org',
  config: {
    groups: ['vo.example.eu'],
    allowedImages: [],
    kueue: false,
    minio: { endpoint: 'https://minio.example.org', region: 'us-east-1', accessKey: 'a', secretKey: new Secret('s'), verify: true },
  },
  status: {
    ready: true,
    nodes: [node],
    mostFree: { milliCores: 0, memoryBytes: 0 },
    totalFree: { milliCores: 0, memoryBytes: 0 },
    gpus: 0,
  },
  services: [],
  buckets: [],
  storageAnswers: true,
  clockAheadMs: 0,
  ...more,
});
const path = (text: string, provider = 'minio.default') => ({ provider, path: text, suffix: [], prefix: [] });
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  name: 'fish',
  image: 'ghcr.io/x/fish:1',
  cpu: '1.0',
  memory: '3Gi',
  gpu: false,
  vo: '',
  input: [path('fish/input')],
  output: [path('fish/output')],
  script: '#!/bin/sh\n',
  paired: true,
  ...more,
});
const config = (more: Partial<Side['config']>) => ({ config: { ...side().config, ...more } });
const minio = (endpoint: string) => config({ minio: { ...side().config.minio, endpoint } });

test('a service that fits has nothing to be said of', () => {
  expect(preflight(side(), wanted())).toEqual([]);
});

test.each<[string, Partial<Side>, Partial<Wanted>, Finding['about']]>([
  ['a name of 40 letters', {}, { name: 'a'.repeat(40) }, 'name'],
  ['a name with capitals', {}, { name: 'Fish' }, 'name'],
  ['a name that ends in a dash', {}, { name: 'fish-' }, 'name'],
  ['no name', {}, { name: '' }, 'name'],
  ['a name that is there', { services: [{ name: 'fish', input: [] }] }, {}, 'name-taken'],
  ['CPU in thousandths, which delegation can’t read', {}, { cpu: '500m' }, 'cpu'],
  ['CPU that is no number', {}, { cpu: 'two' }, 'cpu'],
  ['no CPU', {}, { cpu: '0' }, 'cpu'],
  ['memory without sense', {}, { memory: '3 GB' }, 'memory'],
  ['an image of a repository that is not allowed', config({ allowedImages: ['ghcr.io/grycap'] }), {}, 'image-refused'],
  ['a VO that the cluster does not let in', {}, { vo: 'vo.other.eu' }, 'vo'],
  ['no VO at all, from 4.1 on', config({ groups: [] }), {}, 'no-vo'],
  ['an input without a folder', {}, { input: [path('fish')] }, 'input-folder'],
  ['an input with an empty folder', {}, { input: [path('fish/')] }, 'input-folder'],
  ['an input from S3', {}, { input: [path('fish/in', 's3.mine')] }, 'input-provider'],
  ['an input from another MinIO', {}, { input: [path('fish/in', 'minio.other')] }, 'input-provider'],
  ['a bucket with an underscore', {}, { input: [path('my_fish/in')] }, 'bucket-name'],
  ['a bucket like an address', {}, { input: [path('10.0.0.1/in')] }, 'bucket-name'],
  ['a bucket that is there', { buckets: ['fish'] }, {}, 'bucket-taken'],
  ['an output’s bucket that is there', { buckets: ['results'] }, { output: [path('results/x')] }, 'bucket-taken'],
  ['the same folder as another service', { services: [{ name: 'other', input: [path('fish/input')] }] }, {}, 'overlap'],
  ['a folder inside another service’s', { services: [{ name: 'other', input: [path('fish')] }] }, {}, 'overlap'],
  ['a folder around another service’s', { services: [{ name: 'other', input: [path('fish/input/deep')] }] }, {}, 'overlap'],
  ['more CPU than any node', {}, { cpu: '4' }, 'too-large-for-nodes'],
  ['more memory than any node', {}, { memory: '8Gi' }, 'too-large-for-nodes'],
  ['a GPU where there is none', {}, { gpu: true }, 'no-gpu'],
  ['OSCAR that is not ready', { status: { ...(side().status ?? never()), ready: false } }, {}, 'not-ready'],
  ['MinIO that does not answer', { storageAnswers: false }, {}, 'minio-silent'],
  ['MinIO at a private address', minio('https://10.1.0.7:30300'), {}, 'minio-private'],
  ['MinIO under a name of the cluster', minio('http://minio.minio:9000'), {}, 'minio-private'],
  ['a clock that is behind', { clockAheadMs: -180_000 }, {}, 'clock'],
  ['a script of 1 MB', {}, { script: 'x'.repeat(1_000_000) }, 'script-large'],
  ['Kueue', config({ kueue: true }), {}, 'kueue'],
])('%s is found', (_what, more, other, about) => {
  expect(preflight(side(more), wanted(other)).map((finding) => finding.about)).toEqual([about]);
});

function never(): never {
  throw new Error('the side has a status');
}

test.each<[string, Partial<Side>, Partial<Wanted>]>([
  ['a service alone with MinIO at a private address', minio('https://10.1.0.7:30300'), { paired: false }],
  ['a private MinIO beside a private OSCAR', { ...minio('http://localhost:3102'), endpoint: 'http://localhost:3101' }, {}],
  ['a folder beside another service’s', { services: [{ name: 'other', input: [path('fish/input2')] }] }, {}],
  ['a cluster that does not tell how busy it is', { status: null }, { cpu: '99' }],
  ['a foreign output whose bucket has a name of here', { buckets: ['far'] }, { output: [path('far/x', 'minio.eu')] }],
  ['no VO before 4.1', { ...config({ groups: [] }), dialect: '3.6' }, {}],
])('%s is fine', (_what, more, other) => {
  expect(preflight(side(more), wanted(other))).toEqual([]);
});

test('errors come before warnings', () => {
  const found = preflight(side({ ...config({ kueue: true }), storageAnswers: false }), wanted());
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

test.each([
  ['https://10.0.0.1', true],
  ['https://100.64.0.1:443', true],
  ['https://172.20.0.1', true],
  ['https://172.32.0.1', false],
  ['https://[fd00::1]', true],
  ['https://[2001:67c::1]', false],
  ['http://localhost:9000', true],
  ['http://minio.minio:9000', true],
  ['http://minio', true],
  ['http://minio.minio.svc.cluster.local', true],
  ['https://minio.example.org', false],
  ['https://203.0.113.7:30300', false],
  ['nonsense', true],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected);
});

test.each([
  ['256Mi', 256 * 1024 ** 2],
  ['1.5Gi', 1.5 * GIB],
  ['1G', 1e9],
  ['1000', 1000],
  ['1m', null],
  ['', null],
  ['-1Gi', null],
])('%s of memory are %s bytes', (text, bytes) => {
  expect(memoryBytes(text)).toBe(bytes);
});
