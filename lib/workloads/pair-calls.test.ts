import { describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { ServiceWish } from '@/lib/oscar/types';
import { type PairCall, type PairSide, type PairWish, pairedWith, planInPlace, planPair, undoCalls } from './pair-calls';

const path = (text: string, provider = 'minio.default') => ({ provider, path: text, suffix: [], prefix: [] });
const wish: PairWish = {
  name: 'fish',
  image: 'ghcr.io/x/fish:1',
  script: '#!/bin/sh\n',
  cpu: '1.0',
  memory: '1Gi',
  input: [path('fish/input')],
  output: [path('fish/output')],
  thresholdSeconds: 60,
};
const basic: PairSide['auth'] = { kind: 'basic', user: 'oscar', password: new Secret('pw') };
const oidc: PairSide['auth'] = { kind: 'oidc' };
const side = (id: string, dialect: PairSide['dialect'], auth: PairSide['auth'], issuers = ['https://aai']): PairSide => ({
  id,
  dialect,
  endpoint: `https://${id}.example`,
  verify: true,
  store: { endpoint: `https://minio.${id}.example`, region: 'us-east-1', accessKey: 'ak', secretKey: new Secret('sk'), verify: true },
  auth,
  issuers,
});
const callsOf = (plan: ReturnType<typeof planPair>): PairCall[] => ('calls' in plan ? plan.calls : []);
const short = (plan: ReturnType<typeof planPair>) => callsOf(plan).map(({ side: where, call, undo }) => `${where} ${call.kind} / ${undo}`);
const outputsOf = (call: PairCall | undefined) =>
  call && 'wish' in call.call ? call.call.wish.output.map(({ provider }) => provider) : [];
const refreshToken = new Secret('refresh');

const olderCalls = ['origin create / delete', 'worker create / delete', 'origin update / unshare'];
const newerCalls = ['origin create / delete', 'worker create / delete', 'origin federate / unshare', 'worker update / null'];
test.each([
  ['3.6', '3.6', basic, basic, olderCalls],
  ['3.5', '4.0', basic, basic, olderCalls],
  ['4.0', '4.1', basic, basic, olderCalls],
  ['4.1', '4.1', oidc, oidc, newerCalls],
  ['4.1', '3.6', oidc, oidc, newerCalls],
] as const)('%s → %s: the calls, in their order', (from, to, originAuth, workerAuth, expected) => {
  expect(short(planPair(wish, side('eu', from, originAuth), side('us', to, workerAuth), refreshToken))).toEqual(expected);
});

test.each([
  ['an older origin and a worker without a password', side('eu', '3.6', basic), side('us', '4.1', oidc), refreshToken, 'needs-password'],
  ['a newer origin without a refresh token', side('eu', '4.1', oidc), side('us', '4.1', oidc), undefined, 'no-refresh-token'],
  ['a newer origin by password', side('eu', '4.1', basic), side('us', '4.1', oidc), refreshToken, 'needs-sign-in'],
  ['a newer origin with a worker by password', side('eu', '4.1', oidc), side('us', '3.6', basic), refreshToken, 'needs-sign-in'],
  ['no common issuer', side('eu', '4.1', oidc), side('us', '4.1', oidc, ['https://other']), refreshToken, 'no-common-issuer'],
  ['one cluster twice', side('eu', '3.6', basic), side('eu', '3.6', basic), undefined, 'same-cluster'],
] as const)('%s is refused', (_what, origin, worker, token, refused) => {
  expect(planPair(wish, origin, worker, token)).toEqual({ refused });
});

test('up to 4.0 the worker writes to its own bucket and to the origin’s, whose keys it has; the origin has the worker’s password', () => {
  const [create, worker, share] = callsOf(planPair(wish, side('eu', '3.6', basic), side('us', '3.6', basic)));
  expect(create?.call).toMatchObject({ wish: { clusterId: 'eu' } });
  expect(create?.call).not.toMatchObject({ wish: { sharing: expect.anything() } });
  expect(outputsOf(worker)).toEqual(['minio.default', 'minio.eu']);
  expect(worker?.call).toMatchObject({ wish: { clusterId: 'us', stores: { eu: { endpoint: 'https://minio.eu.example' } } } });
  expect(share?.call).toMatchObject({
    wish: {
      sharing: { members: [{ clusterId: 'us', serviceName: 'fish', priority: 0 }], delegation: 'static', thresholdSeconds: 60 },
      clusters: { us: { endpoint: 'https://us.example', user: 'oscar' } },
    },
  });
});

test('from 4.1 on the worker is given a copy of its own after it got the origin’s definition; nobody’s password is in it', () => {
  const calls = callsOf(planPair(wish, side('eu', '4.1', oidc), side('us', '4.1', oidc), refreshToken));
  expect(calls[0]?.call).toMatchObject({
    wish: { sharing: { members: [], topology: 'star', delegation: 'static' }, secrets: { refresh_token: refreshToken } },
  });
  expect(calls[2]?.call).toMatchObject({ clusters: { eu: { endpoint: 'https://eu.example' }, us: { endpoint: 'https://us.example' } } });
  expect(outputsOf(calls[3])).toEqual(['minio.default', 'minio.us']);
  expect(calls[3]?.call).toMatchObject({ wish: { annotations: { 'oscar.grycap/origin-cluster': 'eu' } } });
});

test('a newer origin names its storage for an older worker, which knows the name default as its own', () => {
  const calls = callsOf(planPair(wish, side('eu', '4.1', oidc), side('us', '3.6', oidc), refreshToken));
  expect(outputsOf(calls[0])).toEqual(['minio.eu']);
  expect(outputsOf(calls[3])).toEqual(['minio.eu', 'minio.default']);
});

test('what was made is taken back, the last first', () => {
  const calls = callsOf(planPair(wish, side('eu', '4.1', oidc), side('us', '4.1', oidc), refreshToken));
  expect(undoCalls(calls, 3)).toEqual([
    { side: 'origin', undo: 'unshare' },
    { side: 'worker', undo: 'delete' },
    { side: 'origin', undo: 'delete' },
  ]);
  expect(undoCalls(calls, 0)).toEqual([]);
});

const bare = { name: 'fish', sharing: { members: [], delegation: null, thresholdSeconds: null }, annotations: {}, output: [path('a/b')] };
const member = { type: 'oscar', clusterId: 'us', serviceName: 'fish', priority: 0, verify: true } as const;
test.each([
  ['alone', bare, null],
  ['with a member', { ...bare, sharing: { ...bare.sharing, members: [member] } }, { role: 'origin', with: ['us'] }],
  ['with an address only', { ...bare, sharing: { ...bare.sharing, members: [{ ...member, type: 'endpoint' as const }] } }, null],
  ['with an origin (4.1)', { ...bare, annotations: { 'oscar.grycap/origin-cluster': 'eu' } }, { role: 'worker', with: ['eu'] }],
  ['with an output elsewhere (3.x)', { ...bare, output: [path('a/b'), path('a/b', 'minio.eu')] }, { role: 'worker', with: ['eu'] }],
])('a service %s is recognised', (_what, service, expected) => {
  expect(pairedWith(service)).toEqual(expected);
});

describe('of a service that is there', () => {
  const there: ServiceWish = {
    name: 'fish',
    clusterId: '',
    image: 'mine:2',
    script: 'mine',
    cpu: '2',
    memory: '2Gi',
    input: [path('fish/input')],
    output: [path('fish/output'), path('far/out', 's3.far')],
    variables: { A: 'b' },
    visibility: 'restricted',
    allowedUsers: ['x'],
  };

  test('up to 4.0 the worker is made, and then the origin is told; nothing of the origin’s is ever removed', () => {
    const plan = planInPlace(wish, there, side('eu', '3.6', basic), side('us', '3.6', basic));
    expect(short(plan)).toEqual(['worker create / delete', 'origin update / unshare']);
    const [, share] = callsOf(plan);
    expect(share?.call).toMatchObject({
      wish: { ...there, clusterId: 'eu', sharing: { delegation: 'static', members: [{ clusterId: 'us' }] } },
    });
  });

  test.each([
    ['4.1', ['minio.default', 's3.far']],
    ['3.6', ['minio.eu', 's3.far']],
  ] as const)('from 4.1 on the origin is told first, by the name that a worker of %s knows its storage by', (dialect, outputs) => {
    const plan = planInPlace(wish, there, side('eu', '4.1', oidc), side('us', dialect, oidc), refreshToken);
    expect(short(plan)).toEqual(['origin update / unshare', 'worker create / delete', 'origin federate / unshare', 'worker update / null']);
    const [share] = callsOf(plan);
    expect(outputsOf(share)).toEqual(outputs);
    expect(share?.call).toMatchObject({
      wish: { script: 'mine', allowedUsers: ['x'], secrets: { refresh_token: refreshToken }, sharing: { topology: 'star', members: [] } },
    });
  });

  test.each([
    ['whose secrets its cluster does not tell', null, side('us', '3.6', basic), 'has-secrets'],
    ['whose worker has no password', there, side('us', '4.1', oidc), 'needs-password'],
  ] as const)('one %s is refused', (_what, known, worker, refused) => {
    expect(planInPlace(wish, known, side('eu', '3.6', basic), worker)).toEqual({ refused });
  });
});
