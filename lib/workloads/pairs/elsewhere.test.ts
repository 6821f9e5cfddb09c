import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { OscarService } from '@/lib/oscar/types';
import type { Cluster } from '../types';
import { followable, handingOn, pairElsewhere } from './elsewhere';

const pairsAmong = (...given: Parameters<typeof handingOn>) => handingOn(...given).map(pairElsewhere);
const cluster = (id: string, endpoint: string): Cluster => ({
  id,
  name: id,
  region: 'eu',
  endpoint,
  ca: null,
  storageCa: null,
  dialect: '3.6',
  version: '3.6.5',
  auth: { kind: 'basic', user: 'oscar' },
  inside: false,
  deployment: null,
  site: null,
  problem: null,
  seenAt: null,
  createdAt: '',
  traits: { sharesBuckets: false, forgetsChanges: true },
});
const [eu, us] = [cluster('eu', 'https://eu.example'), cluster('us', 'https://us.example/')];
const service = (more: Partial<OscarService> = {}): OscarService => ({
  name: 'fish',
  clusterId: 'oscar-eu',
  image: 'fish:1',
  script: '',
  cpu: '1',
  memory: '1Gi',
  gpu: false,
  logLevel: '',
  vo: '',
  owner: '',
  visibility: 'private',
  allowedUsers: [],
  input: [],
  output: [],
  variables: {},
  secrets: [],
  annotations: {},
  labels: {},
  interLinkNode: '',
  volume: null,
  exposed: false,
  sharing: {
    members: [{ type: 'oscar', clusterId: 'oscar-us', serviceName: 'fish', priority: 0, verify: true }],
    delegation: 'static',
    thresholdSeconds: 60,
  },
  clusters: { 'oscar-us': { endpoint: 'https://us.example', user: 'oscar', verify: true } },
  stores: {},
  token: new Secret(''),
  definition: new Secret({}),
  ...more,
});

test('a service that names another of the person’s clusters as its member is a pair of these two', () => {
  expect(pairsAmong([{ cluster: eu, services: [service()] }], [eu, us], [])).toMatchObject([
    { id: null, name: 'fish', state: 'standing', origin: { id: 'eu' }, worker: { id: 'us', name: 'us' }, thresholdSeconds: 60 },
  ]);
});

test('one that the person does not have is told by the name that the definition has', () => {
  expect(pairsAmong([{ cluster: eu, services: [service()] }], [eu], [])).toMatchObject([{ worker: { id: null, name: 'oscar-us' } }]);
});

test.each([
  ['a service without members', service({ sharing: { members: [], delegation: null, thresholdSeconds: null } }), []],
  [
    'a worker, which its origin tells of',
    service({ ...service(), sharing: { members: [], delegation: null, thresholdSeconds: null } }),
    [],
  ],
  ['a pair that was made here', service(), [{ origin: 'eu', name: 'fish' }]],
  ['the canary of a pair that was made here', service({ name: 'fish-canary' }), [{ origin: 'eu', name: 'fish-canary' }]],
])('%s is none', (_, one, known) => {
  expect(pairsAmong([{ cluster: eu, services: [one] }], [eu, us], known)).toEqual([]);
});

test('a cluster that did not answer tells of none', () => {
  expect(pairsAmong([{ cluster: eu, services: null }], [eu, us], [])).toEqual([]);
});

const member = (clusterId: string) => ({ type: 'oscar' as const, clusterId, serviceName: 'fish', priority: 0, verify: true });
const toBoth = (endpoints: Record<string, string>) =>
  service({
    sharing: { members: Object.keys(endpoints).map(member), delegation: 'static', thresholdSeconds: null },
    clusters: Object.fromEntries(Object.entries(endpoints).map(([id, endpoint]) => [id, { endpoint, user: 'oscar', verify: true }])),
  });

test.each([
  ['one on two clusters of the person’s', service(), ['us']],
  ['of two workers the first that is the person’s', toBoth({ far: 'https://far.example', us: us.endpoint }), ['us']],
  ['of two workers one', toBoth({ us: us.endpoint, more: us.endpoint }), ['us']],
  ['none that hands on to itself', toBoth({ me: eu.endpoint }), []],
  ['none whose worker is nobody’s', toBoth({ far: 'https://far.example' }), []],
])('jobs are followed of %s', (_which, one, workers) => {
  const handing = handingOn([{ cluster: eu, services: [one] }], [eu, us], []);
  expect(followable(handing).map(({ worker }) => worker.id)).toEqual(workers);
});
