import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { type Finding, isPrivate, ownerFindings, preflight, type Side, tokenFindings, type Wanted } from './preflight';

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

test.each<[string, Partial<Side>, Partial<Wanted>, [Finding['about'], Finding['values']][]]>([
  ['a name', {}, { name: 'Fish' }, [['name', { name: 'Fish' }]]],
  ['a name that is there', { services: [{ name: 'fish', input: [] }] }, {}, [['name-taken', { name: 'fish' }]]],
  [
    'its CPU, its memory',
    {},
    { cpu: 'x1', memory: '0' },
    [
      ['cpu', { cpu: 'x1' }],
      ['memory', { memory: '0' }],
    ],
  ],
  [
    'an image',
    config({ allowedImages: ['docker.io/', 'quay.io/'] }),
    { image: 'ghcr.io/docker.io/' },
    [['image-refused', { image: 'ghcr.io/docker.io/', allowed: 'docker.io/, quay.io/' }]],
  ],
  ['an organisation', config({ groups: ['a', 'b'] }), { vo: 'c' }, [['vo', { vo: 'c', groups: 'a, b' }]]],
  ['an input’s storage', {}, { input: [path('fish/in', 's3.mine')] }, [['input-provider', { provider: 's3.mine' }]]],
  ['an input’s folder', {}, { input: [path('fish//')] }, [['input-folder', { path: 'fish//' }]]],
  [
    'a folder of another',
    { services: [{ name: 'other', input: [path('fish/input//')] }] },
    {},
    [['overlap', { path: 'fish/input', other: 'other' }]],
  ],
  [
    'folders of its own, as a warning',
    {},
    { input: [path('fish/in'), path('fish/in/deep//')] },
    [
      ['overlap', { path: 'fish/in', other: 'fish' }],
      ['overlap', { path: 'fish/in/deep//', other: 'fish' }],
    ],
  ],
  ['a bucket', {}, { output: [path('my_fish/x', 'minio')] }, [['bucket-name', { bucket: 'my_fish' }]]],
  ['a bucket that is there', { buckets: ['fish'] }, {}, [['bucket-taken', { bucket: 'fish' }]]],
  ['what is too large', {}, { cpu: '4', memory: '3Gi' }, [['too-large-for-nodes', { cpu: '4', memory: '3Gi' }]]],
  ['a storage that is silent', { storageAnswers: false }, {}, [['minio-silent', { endpoint: 'https://minio.example.org' }]]],
  ['a storage that is private', minio('https://10.1.0.7'), {}, [['minio-private', { endpoint: 'https://10.1.0.7' }]]],
  ['a clock', { clockAheadMs: -180_400 }, {}, [['clock', { seconds: -180 }]]],
  ['a script', {}, { script: 'ñ'.repeat(460_801) }, [['script-large', { bytes: 921_602 }]]],
])('what is found names what it is about: %s', (_what, more, other, found) => {
  expect(preflight(side(more), wanted(other)).map(({ about, values }) => [about, values])).toEqual(found);
});

const two = (first: object, second: object): Partial<Side> => ({
  status: {
    ...(side().status ?? never()),
    nodes: [
      { ...node, ...first },
      { ...node, ...second },
    ],
  },
});
test.each<[string, Partial<Side>, Partial<Wanted>]>([
  ['a service that fits one of two machines', two({ milliCores: 500 }, {}), {}],
  ['cores with some digits', {}, { cpu: '1.25' }],
  ['a cluster that tells of no machine', { status: { ...(side().status ?? never()), nodes: [] } }, {}],
  ['a GPU where one is', { status: { ...(side().status ?? never()), gpus: 1 } }, { gpu: true }],
  ['a GPU where nobody knows', { status: null }, { gpu: true }],
  ['an image of one of two', config({ allowedImages: ['docker.io/', 'ghcr.io/'] }), {}],
  ['a clock of which nothing is known', { clockAheadMs: null }, {}],
  ['a clock that is ahead by two minutes', { clockAheadMs: 120_000 }, {}],
  ['a script as large as it may be', {}, { script: 'x'.repeat(900 * 1024) }],
  ['inputs of dCache and Rucio, without a folder', {}, { input: [path('in', 'webdav.x'), path('in', 'rucio')] }],
  ['a service that is there', { services: [{ name: 'fish', input: [path('fish/input')] }], buckets: ['fish'] }, { there: true }],
  ['a service alone with Kueue', config({ kueue: true }), { paired: false }],
  ['a service alone without an organisation', config({ groups: [] }), { paired: false }],
])('nothing is said of %s', (_what, more, other) => expect(preflight(side(more), wanted(other))).toEqual([]));

test('a service that fits none of two machines is too large', () => {
  const [cores, memory] = [{ milliCores: 500 }, { memoryBytes: GIB }];
  expect(preflight(side(two(cores, memory)), wanted()).map(({ about }) => about)).toEqual(['too-large-for-nodes']);
  expect(preflight(side(), wanted({ cpu: 'many', memory: '99Gi' })).map(({ about }) => about)).toEqual(['cpu']);
});

test.each([
  ['4.1', '4.1', true, 1],
  ['4.1', '4.0', true, 1],
  ['4.1', '3.6', true, 0],
  ['3.6', '4.1', true, 0],
  ['4.1', '4.1', false, 0],
] as const)('%s → %s, by a sign-in (%j): a worker that finds no private service is told %i times', (origin, worker, signIn, times) => {
  expect(tokenFindings(origin, worker, signIn)).toHaveLength(times);
});

test.each([
  ['3.5.9', true, false],
  ['3.6.0', true, true],
  ['v3.6.5', true, true],
  ['3.6', true, true],
  ['3.60.1', true, false],
  ['3.7.1', true, false],
  ['13.6.1', true, false],
  ['4.6.0', true, false],
  ['devel', true, false],
  ['3.6.5', false, false],
])('jobs that are handed on to %s, by its password (%j), wait forever: %j', (version, byPassword, waits) => {
  expect(ownerFindings(version, byPassword)).toEqual(waits ? [{ severity: 'warning', about: 'handed-on-waits', values: { version } }] : []);
});

test('errors come first, in the order in which they were found, and then warnings', () => {
  const found = preflight(
    side({ ...config({ kueue: true }), storageAnswers: false }),
    wanted({ name: 'Fish', input: [path('fish/in'), path('fish/in/deep')] }),
  );
  expect(found.map(({ about, severity }) => [about, severity])).toEqual([
    ['name', 'error'],
    ['minio-silent', 'error'],
    ['overlap', 'warning'],
    ['overlap', 'warning'],
    ['kueue', 'warning'],
  ]);
});

test.each([
  ['http://localhost', true],
  ['http://minio.example.local', true],
  ['http://minio.internal.example.org', false],
  ['http://x.minio.example', false],
  ['http://a.x.minio', false],
  ['https://minio.oscar.eu', false],
  ['https://110.0.0.1', false],
  ['https://172.16.0.1', true],
  ['https://172.31.0.1', true],
  ['https://172.15.0.1', false],
  ['https://100.127.0.1', true],
  ['https://100.128.0.1', false],
  ['https://100.99.0.1', true],
  ['https://100.115.0.1', true],
  ['https://100.63.0.1', false],
  ['https://169.254.1.1', true],
  ['https://192.168.1.1', true],
  ['https://127.0.0.1', true],
  ['https://[::1]', true],
  ['https://[fe80::1]', true],
  ['https://[fc12::1]', true],
  ['https://[2001:fd00::1]', false],
])('from outside %s can’t be reached: %s', (address, expected) => expect(isPrivate(address)).toBe(expected));
