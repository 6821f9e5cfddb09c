import { expect, test } from 'vitest';
import { fromWire } from '@/lib/oscar/wire';
import { exportForms } from './export-words';
import { exportService } from './exports';
import { fromFdl, toFdl } from './fdl';
import { whyWaiting } from './pending';
import { type GivenService, type ServiceRoom, serviceFaults } from './wish';

const path = (text: string, provider = 'minio.default') => ({ provider, path: text, suffix: [], prefix: [] });
const good: GivenService = {
  name: 'fish',
  image: 'transat/fish-detection:1',
  script: '#!/bin/sh\nfish "$INPUT_FILE_PATH"\n',
  cpu: '0.5',
  memory: '256Mi',
  gpu: false,
  logLevel: '',
  vo: '',
  visibility: 'private',
  allowedUsers: [],
  interLinkNode: '',
  input: [path('fish/in')],
  output: [path('fish/out')],
  variables: { LEVEL: 'high' },
  secrets: { KEY: 'canary-key' },
};
const room: ServiceRoom = {
  allowedImages: [],
  groups: ['vo.sandbox.eu'],
  buckets: [],
  volumes: null,
  there: null,
  traps: { emptiesExposed: false, watchesNewBucketsAlone: false },
};

test.each<[string, Partial<GivenService>, Partial<ServiceRoom>, string[]]>([
  ['a good one', {}, {}, []],
  ['a name with capitals', { name: 'Fish' }, {}, ['name']],
  ['a name of 40 letters', { name: 'f'.repeat(40) }, {}, ['name']],
  ['a name that ends with a dash', { name: 'fish-' }, {}, ['name']],
  ['no image', { image: ' ' }, {}, ['image']],
  ['an image that the cluster does not take', {}, { allowedImages: ['ghcr.io/grycap'] }, ['image']],
  ['no script', { script: '\n' }, {}, ['script']],
  ['a script of 1 MB', { script: 'x'.repeat(1_000_000) }, {}, ['script']],
  ['millicores', { cpu: '500m' }, {}, ['cpu']],
  ['no core at all', { cpu: '0' }, {}, ['cpu']],
  ['memory without a unit', { memory: '512' }, {}, ['memory']],
  ['a virtual organisation that is not let in', { vo: 'vo.other' }, {}, ['vo']],
  ['an input without a folder', { input: [path('fish')], output: [] }, {}, ['input.0']],
  ['a bucket that is there', {}, { buckets: [{ name: 'fish', service: 'other' }] }, ['input.0']],
  ['its own bucket', {}, { buckets: [{ name: 'fish', service: 'fish' }] }, []],
  ['an input from a storage that tells nobody', { input: [path('fish/in', 's3.mine')] }, {}, ['input.0']],
  ['inputs within each other', { input: [path('fish/in'), path('fish/in/deep')] }, {}, ['input.1']],
  ['an output within an input', { output: [path('fish/in/out')] }, {}, ['output.0']],
  ['the input as output', { output: [path('/fish/in/')] }, {}, ['output.0']],
  ['an input beside an output of a like name', { output: [path('fish/in-done')] }, {}, []],
  ['an output of a name that is none', { output: [path('F/out')] }, {}, ['output.0']],
  ['a variable with a space', { variables: { 'A B': '1' } }, {}, ['variables']],
  ['a secret that is not typed again', { secrets: { KEY: '' } }, {}, ['secrets.KEY']],
])('before a service is made it is said what stands against it: %s', (_, more, known, paths) => {
  expect(serviceFaults({ ...good, ...more }, { ...room, ...known }).map((fault) => fault.path)).toEqual(paths);
});

/** A service as its cluster has it, as far as its change is judged by it. */
const stands = (expose?: object) =>
  fromWire({
    name: 'fish',
    image: 'x',
    script: 'x',
    cpu: '1',
    memory: '1Gi',
    input: [{ storage_provider: 'minio', path: 'fish/in' }],
    ...(expose && { expose }),
  });
const both = { emptiesExposed: true, watchesNewBucketsAlone: true };
const none = { emptiesExposed: false, watchesNewBucketsAlone: false };
const own = [{ name: 'fish', service: 'fish' }];
test.each<[string, Partial<GivenService>, Partial<ServiceRoom>, string[]]>([
  ['an exposed one', {}, { there: stands({ api_port: [80] }), traps: both }, ['script']],
  ['an exposed one of a release that keeps its program', {}, { there: stands({ api_port: 80 }), traps: none }, []],
  ['an exposed one that runs what its image does', {}, { there: stands({ api_port: [80], default_command: true }), traps: both }, []],
  ['one that is not exposed', {}, { there: stands({ api_port: [0] }), traps: both }, []],
  [
    'another folder of its bucket',
    { input: [path('fish/in'), path('fish/more')] },
    { there: stands(), buckets: own, traps: both },
    ['input.1'],
  ],
  ['the same folder, written otherwise', { input: [path('/fish/in/', 'minio')] }, { there: stands(), buckets: own, traps: both }, []],
  ['another bucket', { input: [path('new/in')] }, { there: stands(), buckets: own, traps: both }, []],
  [
    'another folder, where it is not known what is there',
    { input: [path('fish/b')] },
    { there: stands(), buckets: null, traps: both },
    ['input.0'],
  ],
  ['another folder, of a release that watches it', { input: [path('fish/b')] }, { there: stands(), buckets: own, traps: none }, []],
  ['two inputs in a bucket, new', { input: [path('fish/in'), path('new/a'), path('fish/b')] }, { traps: both }, ['input.2']],
  ['two inputs in a bucket, elsewhere', { input: [path('fish/in'), path('fish/in', 'webdav.x')] }, { traps: both }, []],
])('what a release does to a service without a word is said before: %s', (_, more, known, paths) => {
  expect(serviceFaults({ ...good, ...more }, { ...room, ...known }).map((fault) => fault.path)).toEqual(paths);
});

test('millicores are told as what to write', () => {
  expect(serviceFaults({ ...good, cpu: '500m' }, room)[0]?.message).toContain('0.5');
});

test('a file of oscar-cli is read as it was written, but for what is secret', () => {
  const file = toFdl(good, 'oscar-eu');
  expect(file).not.toContain('canary');
  expect(fromFdl(file)).toEqual([{ ...good, secrets: { KEY: '' } }]);
});

test('a service alone, and old names of fields, are read too', () => {
  const [alone] = fromFdl('name: x\nimage: i\nscript: s\nmemory: 1Gi\ncpu: 1\nenvironment:\n  Variables: {A: 1}\n');
  expect(alone).toMatchObject({ name: 'x', cpu: '1', memory: '1Gi', variables: { A: '1' } });
});

test('what a file leaves empty is empty', () => {
  const [alone] = fromFdl('name: x\nvo:\nimage: i\nlog_level:\nallowed_users: [~]\nenvironment:\n  variables: {A: , B: true}\n');
  expect(alone).toMatchObject({ vo: '', logLevel: '', allowedUsers: [''], variables: { A: '', B: 'true' } });
});

test.each([['- : ['], ['functions: {oscar: []}'], ['just text'], ['functions: {oscar: [{eu: {image: x}}]}']])(
  'what is no service says so at its field: %s',
  (file) => {
    expect(() => fromFdl(file)).toThrow(
      expect.objectContaining({ code: 'invalid-input', fields: [expect.objectContaining({ path: 'fdl' })] }),
    );
  },
);

test.each(exportForms)('the export for %s has the service and no secret', (form) => {
  const cluster = { endpoint: 'https://oscar.example', auth: { kind: 'basic' as const, user: 'oscar' }, dialect: '4.1' as const };
  const { text } = exportService(form, { ...good, script: 'echo "it\'s: true"' }, cluster, 'oscar-eu');
  expect(text).toContain('transat/fish-detection:1');
  expect(text).not.toContain('canary');
  expect(text, 'what is said in a text stays as it is').toContain(': true');
});

const job = { name: 'j', createdAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null };
const node = {
  name: 'n',
  gpus: 0,
  interLink: false,
  ready: true,
  milliCores: 2000,
  freeMilliCores: 0,
  memoryBytes: 4e9,
  freeMemoryBytes: 0,
};
const status = (free: number) => ({
  ready: true,
  nodes: [node],
  gpus: 0,
  totalFree: {
    milliCores: free,
    memoryBytes: 4e9,
  },
  mostFree: {
    milliCores: free,
    memoryBytes: 4e9,
  },
});
const now = new Date('2026-01-01T00:00:07Z');

test.each([
  ['Running', '1', 0, null],
  ['Suspended', '1', 2000, { why: 'queued' }],
  ['Pending', '1', 500, expect.objectContaining({ why: 'no-room' })],
  ['Pending', '3', 2000, expect.objectContaining({ why: 'too-large' })],
  ['Pending', '1', 2000, { why: 'starting', seconds: 7 }],
  ['Pending', '1500m', 500, expect.objectContaining({ why: 'no-room', needs: { milliCores: 1500, memoryBytes: 268_435_456 } })],
  ['Pending', 'many', 2000, { why: 'starting', seconds: 7 }],
] as const)('a job that is %s and needs %s cores where %i milli-cores are free', (state, cpu, free, reason) => {
  expect(whyWaiting({ ...job, state }, { cpu, memory: '256Mi' }, status(free), now)).toEqual(reason);
});

test.each([null, 'yesterday'])('a job whose time is %s waits for no seconds', (createdAt) => {
  expect(whyWaiting({ ...job, createdAt, state: 'Pending' }, { cpu: '1', memory: '1Gi' }, null, now)).toEqual({
    why: 'starting',
    seconds: 0,
  });
});

test('memory is counted as Kubernetes writes it', () => {});
