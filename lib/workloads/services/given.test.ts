import { describe, expect, test } from 'vitest';
import type { OscarService } from '@/lib/oscar/types';
import { fromFdl, toFdl } from './fdl';
import { type GivenService, givenOf, parts, type ServiceRoom, serviceFaults, wishOf } from './wish';

const path = (text: string, provider = 'minio.default') => ({ provider, path: text, suffix: [], prefix: [] });
const plain: GivenService = {
  name: 'fish',
  image: 'ghcr.io/fish:1',
  script: 'fish',
  cpu: '0.5',
  memory: '256Mi',
  gpu: false,
  logLevel: '',
  vo: '',
  visibility: 'private',
  allowedUsers: [],
  interLinkNode: '',
  input: [],
  output: [],
  variables: {},
  secrets: {},
};
const full: GivenService = {
  ...plain,
  gpu: true,
  logLevel: 'DEBUG',
  vo: 'vo.sandbox.eu',
  visibility: 'restricted',
  allowedUsers: ['ada', 'max'],
  interLinkNode: 'slurm',
  input: [{ ...path('fish/in'), suffix: ['.jpg'] }],
  output: [{ ...path('fish/out', 'minio'), prefix: ['a'] }],
  variables: { LEVEL: 'high' },
  secrets: { KEY: '' },
  volume: { name: 'data', mountPath: '/data', size: '', lifecycle: '' },
};
const room: ServiceRoom = {
  allowedImages: [],
  groups: ['vo.sandbox.eu'],
  buckets: [],
  volumes: ['data'],
  there: null,
  traps: { emptiesExposed: false, watchesNewBucketsAlone: false },
};

describe('a file of oscar-cli', () => {
  test.each<[string, GivenService]>([
    ['with little', plain],
    ['with all', full],
    ['with secrets alone', { ...plain, secrets: { KEY: '' } }],
    ['with variables alone', { ...plain, variables: { A: '1' } }],
    ['that all may see', { ...plain, visibility: 'public' }],
  ])('is read as it was written: %s', (_name, given) => expect(fromFdl(toFdl(given, 'eu'))).toEqual([given]));

  test('has no field of what is not said', () => {
    expect(toFdl(plain, 'eu')).toBe(
      'functions:\n  oscar:\n    - eu:\n        name: fish\n        cpu: "0.5"\n        memory: 256Mi\n        image: ghcr.io/fish:1\n        script: fish\n' +
        '        input: []\n        output: []\n',
    );
    expect(toFdl({ ...plain, variables: { A: '1' } }, 'eu')).toMatch(/environment:\n +variables:\n +A: "1"\n$/);
    expect(toFdl({ ...plain, secrets: { A: 's' } }, 'eu')).toMatch(/environment:\n +secrets:\n +A: ""\n$/);
  });

  test('may name another file as its program', () => expect(fromFdl(toFdl(plain, 'eu', 'run.sh'))[0]?.script).toBe('run.sh'));

  test('has the usual where it says nothing', () => {
    expect(fromFdl('name: x\nvisibility: everybody\ninput: [{path: x/in}]\n')).toEqual([
      { ...plain, name: 'x', image: '', script: '', cpu: '0.2', memory: '256Mi', input: [path('x/in')] },
    ]);
    expect(fromFdl('name: x\nenvironment:\n')[0]).toMatchObject({ variables: {}, secrets: {} });
  });

  test('may have several services, at several clusters', () => {
    expect(fromFdl('functions: {oscar: [{eu: {name: a}, us: {name: b}}, {eu: {name: c}}]}').map(({ name }) => name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  const fault = (file: string): string => {
    try {
      fromFdl(file);
    } catch (error) {
      return (error as { fields: { message: string }[] }).fields[0]?.message ?? '';
    }
    return '';
  };
  test.each([
    ['just text', /^The file: ./],
    ['~', /^The file: ./],
    ['image: x', /^name: ./],
    ['functions: {oscar: []}', /^functions\.oscar: ./],
    ['functions: {oscar: [{eu: {image: x}}]}', /^functions\.oscar\.0\.eu\.name: ./],
    ['name: [', /^(?!This is no YAML)[^\n]+$/],
  ])('that can’t be read (%s) says where', (file, message) => expect(fault(file)).toMatch(message));

  test('that would grow without end is not read', () => {
    const lines = Array.from({ length: 8 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]`);
    expect(fault(['a0: &a0 [x]', ...lines, 'name: x'].join('\n'))).toContain('alias');
  });
});

describe('what stands against a service', () => {
  const said = (more: Partial<GivenService>, known: Partial<ServiceRoom> = {}) =>
    serviceFaults({ ...plain, ...more }, { ...room, ...known }).map(({ path: at, message }) => `${at}: ${message}`);
  const name = 'name: Use 1 to 39 small letters, digits and dashes, with a letter or digit at both ends: Kubernetes takes no other name.';
  const cpu = 'cpu: Write cores as a plain number, such as 0.5.';
  const memory = 'memory: Write memory with its unit, such as 256Mi or 2Gi.';
  const nested = 'input.1: One input lies within another: MinIO would not take the second notification.';
  const loop = 'output.0: It lies within an input: each result would start a job again, without an end.';
  const bucket = (at: string, of: string) => `${at}: “${of}” is no name for a bucket: use 3 to 63 small letters, digits, dots and dashes.`;
  test.each<[string, string[]]>([
    ...['f', 'f-1', '9', 'f'.repeat(39)].map((good): [string, string[]] => [good, []]),
    ...['', '-f', 'f-', 'f_', 'F', ' f', 'f '].map((bad): [string, string[]] => [bad, [name]]),
  ])('a name “%s”: %j', (given, faults) => expect(said({ name: given })).toEqual(faults));

  test.each<[string, string[]]>([
    ...['1', '0.5', '10', '1024', '0.125'].map((good): [string, string[]] => [good, []]),
    ...['', 'x1', '1x', '0', '0.0', '12345', '.5', '1.'].map((bad): [string, string[]] => [bad, [cpu]]),
    ['1500m', ['cpu: Write 1.5 in the place of 1500m: OSCAR reads cores as a plain number.']],
    ['x500m', [cpu]],
  ])('“%s” cores: %j', (given, faults) => expect(said({ cpu: given })).toEqual(faults));

  test.each<[string, string[]]>([
    ...['1Gi', '256Mi', '1.55Gi', '10k', '2T'].map((good): [string, string[]] => [good, []]),
    ...['', '1', 'x1Gi', '1GiB', '1.Gi', '1.xGi', '12345678Mi'].map((bad): [string, string[]] => [bad, [memory]]),
  ])('“%s” of memory: %j', (given, faults) => expect(said({ memory: given })).toEqual(faults));

  test.each<[string, Partial<GivenService>, Partial<ServiceRoom>, string[]]>([
    ['an image of one of those that are taken', {}, { allowedImages: ['docker.io/', 'ghcr.io/'] }, []],
    [
      'an image of another',
      { image: 'quay.io/ghcr.io/' },
      { allowedImages: ['docker.io/', 'ghcr.io/'] },
      ['image: The cluster takes images of docker.io/, ghcr.io/ only.'],
    ],
    ['no image', { image: ' ' }, {}, ['image: Name the container image.']],
    ['no program', { script: ' \n' }, {}, ['script: Write what is to be run in the container.']],
    ['the largest program', { script: 'x'.repeat(900_000) }, {}, []],
    [
      'a larger program',
      { script: 'x'.repeat(1_250_000) },
      {},
      ['script: The script has 1.3 MB; Kubernetes keeps less than 1 MB of it. Put what is large into the image or a bucket.'],
    ],
    ['an organisation that is let in', { vo: 'vo.sandbox.eu' }, {}, []],
    ['one that is not', { vo: 'other' }, { groups: ['a', 'b'] }, ['vo: The cluster lets in a, b.']],
    ['one where none is', { vo: 'other' }, { groups: [] }, ['vo: The cluster lets in no virtual organisation.']],
    [
      'an input without a folder',
      { input: [path('fish')] },
      {},
      ['input.0: Write bucket/folder: OSCAR watches a folder, never all of a bucket.'],
    ],
    ['an input of dCache and one of Rucio', { input: [path('fish/in', 'webdav.x'), path('fish/in', 'rucio')] }, {}, []],
    [
      'an input of a store that tells nobody',
      { input: [path('fish/in', 'minioX')] },
      {},
      ['input.0: Files can arrive in the cluster’s own MinIO, in dCache (webdav) and in Rucio.'],
    ],
    ['an input of no bucket', { input: [path('F!/in')] }, {}, [bucket('input.0', 'F!')]],
    ['an output of no bucket', { output: [path('F!/out')] }, {}, [bucket('output.0', 'F!')]],
    ['an input in another, named first', { input: [path('fish/in/deep'), path('fish/in')] }, {}, [nested]],
    ['an input in another', { input: [path('fish/in'), path('fish/in/deep', 'minio')] }, {}, [nested]],
    ['an input in another, elsewhere', { input: [path('fish/in'), path('fish/in/deep', 'webdav')] }, {}, []],
    ['an input of a like name', { input: [path('fish/in'), path('fish/input')] }, {}, []],
    ['an output in an input', { input: [path('//fish/in//')], output: [path('fish/in/out', 'minio')] }, {}, [loop]],
    ['an output in a folder of like name elsewhere', { input: [path('fish/in')], output: [path('fish/in/out', 's3')] }, {}, []],
    [
      'a bucket of another',
      { input: [path('fish/in')] },
      {
        buckets: [
          { name: 'other', service: null },
          { name: 'fish', service: 'b' },
        ],
      },
      ['input.0: The bucket “fish” is there already, of the service “b”: OSCAR makes those of a new service itself.'],
    ],
    [
      'a bucket of nobody',
      { input: [path('fish/in')] },
      { buckets: [{ name: 'fish', service: null }] },
      ['input.0: The bucket “fish” is there already: OSCAR makes those of a new service itself.'],
    ],
    ['a bucket of nobody, elsewhere', { input: [path('fish/in', 'webdav')] }, { buckets: [{ name: 'fish', service: null }] }, []],
    [
      'a bucket, of a service that is there',
      { input: [path('fish/in')] },
      { buckets: [{ name: 'fish', service: null }], there: {} as OscarService },
      [],
    ],
    ['buckets that nobody knows', { input: [path('fish/in')] }, { buckets: null }, []],
    ['variables of good names', { variables: { _a: '', 'A.b-1': '' } }, {}, []],
    [
      'variables of none',
      { variables: { '1a': '', 'a b': '' } },
      {},
      ['variables: “1a” is no name for a variable.', 'variables: “a b” is no name for a variable.'],
    ],
    ['a secret of none', { secrets: { '-': 'x' } }, {}, ['variables: “-” is no name for a variable.']],
    [
      'a secret that is not typed in',
      { secrets: { KEY: '' } },
      {},
      ['secrets.KEY: Type it in: a cluster tells no secret again, and a change writes them all anew.'],
    ],
  ])('%s', (_name, more, known, faults) => expect(said(more, known)).toEqual(faults));
});

test.each([
  ['a/b/c', { bucket: 'a', folder: 'b/c' }],
  ['//a/b//', { bucket: 'a', folder: 'b' }],
  ['a', { bucket: 'a', folder: '' }],
  ['', { bucket: '', folder: '' }],
])('“%s” is a bucket and what is in it', (text, both) => expect(parts(text)).toEqual(both));

describe('what is asked of a cluster', () => {
  test('is what was said, and nothing of what was not', () => {
    const { logLevel: _l, vo: _v, interLinkNode: _n, ...rest } = plain;
    expect(wishOf(plain, 'eu')).toEqual({ ...rest, clusterId: 'eu' });
    const wish = wishOf({ ...full, secrets: { KEY: 'k' } }, 'eu');
    expect(wish).toMatchObject({
      logLevel: 'DEBUG',
      vo: 'vo.sandbox.eu',
      interLinkNode: 'slurm',
      visibility: 'restricted',
      allowedUsers: ['ada', 'max'],
    });
    expect(wish.secrets?.KEY?.reveal()).toBe('k');
  });

  test.each(['private', 'public'] as const)('names no people for a service that is %s', (visibility) => {
    expect(wishOf({ ...full, visibility }, 'eu').allowedUsers).toEqual([]);
  });

  test.each([
    ['public', 'public'],
    ['restricted', 'restricted'],
    ['private', 'private'],
    ['other', 'private'],
  ])('is shown as a form has it: %s is %s', (visibility, shown) => {
    const there = { ...full, visibility, secrets: ['A', 'B'], token: 'no part of it' } as unknown as OscarService;
    expect(givenOf(there)).toEqual({ ...full, visibility: shown, secrets: { A: '', B: '' } });
  });
});
