import { expect, test } from 'vitest';
import type { ServiceView } from '@/lib/api/contract/services';
import { firstSides, pairBody, startOf } from './pair-draft';

const basic = { kind: 'basic', user: 'oscar' } as const;
const oidc = { kind: 'oidc', provider: 'egi' } as const;
const at = (id: string, region: 'eu' | 'us', dialect: '3.6' | '4.1', auth: typeof basic | typeof oidc = basic) => ({
  id,
  region,
  dialect,
  auth,
});

test.each([
  ['Europe hands on to America', [at('us', 'us', '3.6'), at('eu', 'eu', '3.6')], 'eu', 'us'],
  ['unless it would need a token, and America would not', [at('eu', 'eu', '4.1'), at('us', 'us', '3.6')], 'us', 'eu'],
  ['with one’s own sign-in it may', [at('eu', 'eu', '4.1', oidc), at('us', 'us', '3.6', oidc)], 'eu', 'us'],
  ['two of one shore, in their order', [at('one', 'eu', '3.6'), at('two', 'eu', '3.6')], 'one', 'two'],
  ['one alone has no other side', [at('one', 'eu', '3.6')], 'one', ''],
])('%s', (_, clusters, origin, worker) => expect(firstSides(clusters)).toEqual({ origin, worker }));

const service: ServiceView = {
  name: 'fish',
  clusterId: 'oscar-eu',
  image: 'fish:1',
  script: 'detect',
  cpu: '1',
  memory: '1Gi',
  gpu: false,
  logLevel: '',
  vo: '',
  owner: '',
  visibility: 'private',
  allowedUsers: [],
  input: [
    { provider: 'minio.default', path: 'fish/in', suffix: ['.jpg'], prefix: ['a'] },
    { provider: 'webdav.dcache', path: 'far/in', suffix: [], prefix: [] },
  ],
  output: [
    { provider: 'minio.default', path: 'fish/out', suffix: [], prefix: [] },
    { provider: 'minio.oscar-us', path: 'fish/out', suffix: [], prefix: [] },
  ],
  variables: { MODE: 'fast' },
  secrets: [],
  interLinkNode: '',
  volume: null,
  exposed: false,
  members: [],
  delegation: null,
  thresholdSeconds: null,
  stores: {},
};

test('a copy of a service has a name and buckets of its own, and is else as the service', () => {
  const draft = { ...startOf('copy:fish', [service]), origin: 'a', worker: 'b', threshold: '45', token: ' ', keepToken: false };
  expect(pairBody(draft)).toEqual({
    origin: 'a',
    worker: 'b',
    thresholdSeconds: 45,
    service: {
      name: 'fish-pair',
      image: 'fish:1',
      script: 'detect',
      cpu: '1',
      memory: '1Gi',
      gpu: false,
      vo: '',
      input: [
        { provider: 'minio.default', path: 'fish-pair/in', suffix: ['.jpg'], prefix: ['a'] },
        { provider: 'webdav.dcache', path: 'far/in', suffix: [], prefix: [] },
      ],
      output: [{ provider: 'minio.default', path: 'fish-pair/out', suffix: [], prefix: [] }],
      variables: { MODE: 'fast' },
    },
  });
});

test('a token that was given goes with it', () => {
  const draft = { ...startOf('', []), origin: 'a', worker: 'b', threshold: '60', token: ' abc ', keepToken: false };
  expect(pairBody(draft).refreshToken).toBe('abc');
});
