import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { connectCloud } from '@/lib/openstack';
import type { Cloud } from '@/lib/openstack/types';
import { type Sandbox, startSandbox } from '@/lib/sandbox';
import { americanHosts } from '@/lib/sandbox/cloud/america-hosts';
import { closeDoors } from '@/lib/web';
import { identityEndpoint } from './access';
import { readSiteFacts } from './facts';
import type { Site } from './types';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const dataDir = mkdtempSync(join(tmpdir(), 'transat-facts-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dataDir, transatUrl: 'http://localhost:4498' });
});
afterAll(async () => {
  await closeDoors();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function america() {
  const site: Site = {
    id: 'america',
    name: 'America',
    provider: 'chameleon',
    authUrl: `${sandbox.url}/america/v3`,
    methods: ['applicationCredential'],
    allowPrivate: true,
    features: { leases: true, bareMetal: true, volumes: true, floatingIps: true, securityGroups: true },
    rules: { bareMetalFlavors: ['baremetal'] },
  };
  const answer = await fetch(`${sandbox.url}/america/try-me`, { headers: { accept: 'application/json' } });
  const { applicationCredential } = (await answer.json()) as { applicationCredential: { id: string; secret: string } };
  const { id, secret } = applicationCredential;
  const cloud = await connectCloud(identityEndpoint(site), { kind: 'applicationCredential', id, secret: new Secret(secret) });
  return { site, cloud, read: (deadlineMs?: number) => readSiteFacts(cloud, site, systemClock, { deadlineMs }) };
}

async function fault(match: object): Promise<void> {
  const body = JSON.stringify({ match, answer: { status: 'timeout' }, times: 20 });
  await fetch(`${sandbox.url}/america/_faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

test('all that a site tells is read at once: machines, images, networks, zones, volume types, quotas, and hosts that leases can have', async () => {
  const facts = await (await america()).read();
  expect(facts.gaps).toEqual([]);
  expect(facts.flavors.find(({ name }) => name === 'baremetal')).toMatchObject({ bareMetal: true });
  expect(facts.images.find(({ name }) => name.startsWith('CC-Ubuntu'))).toMatchObject({ distro: 'ubuntu', loginUser: 'cc' });
  expect(facts.networks.map(({ external }) => external)).toContain(true);
  expect(facts.availabilityZones).not.toEqual([]);
  expect(facts.volumeTypes).not.toEqual([]);
  expect(facts.quotas.cores).toEqual({ limit: null, used: 0 });
  expect(facts.leaseHosts).toMatchObject({ total: americanHosts.length, free: expect.any(Number) });
  expect(facts.latencyMs).toBeGreaterThanOrEqual(0);
});

test('where flavors are leased, the hosts tell how many machines there is room for; a site that hides them leaves it open', async () => {
  const { site, cloud } = await america();
  const leasing = { ...site, rules: { ...site.rules, flavorLeases: true } };
  const facts = await readSiteFacts(cloud, leasing, systemClock);
  const small = facts.flavors.find(({ name }) => name === 'm1.small');
  const room = facts.flavorRoom?.[small?.id ?? ''];
  expect(room?.total).toBeGreaterThan(13);
  expect(room?.free).toBeLessThanOrEqual(room?.total ?? 0);
  expect(facts.flavorRoom?.baremetal).toBeUndefined();

  const upstream = { service: 'reservation', status: 403, message: 'Policy' };
  const hidden = async () => Promise.reject(new AppError({ code: 'upstream-refused', title: 'Not for you', upstream }));
  const shut: Cloud = { ...cloud, reservation: cloud.reservation && { ...cloud.reservation, hosts: hidden } };
  const less = await readSiteFacts(shut, leasing, systemClock);
  expect([less.flavorRoom, less.gaps]).toEqual([undefined, []]);
});

test('what hangs is a gap after its time, and the rest is there', async () => {
  const { read } = await america();
  await fault({ service: 'image', method: 'GET', path: '.*' });
  const facts = await read(3000);
  expect(facts.gaps).toEqual([{ part: 'images', problem: expect.objectContaining({ code: 'deadline-passed' }) }]);
  expect(facts.images).toEqual([]);
  expect(facts.flavors).not.toEqual([]);
});

test('how quick a site answers is told by what it was asked, not by what it does not have', async () => {
  const { site, cloud } = await america();
  const ms = 40;
  const late = async <T>(told: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(told), ms));
  const room = { limit: 1, used: 0 };
  const slow: Cloud = {
    ...cloud,
    blockStorage: null,
    reservation: null,
    image: { ...cloud.image, images: () => late([]) },
    network: {
      ...cloud.network,
      networks: () => late([]),
      subnets: () => late([]),
      quotas: () => late({ networks: room, routers: room, ports: room, floatingIps: room, securityGroups: room }),
    },
    compute: {
      ...cloud.compute,
      flavors: () => late([]),
      availabilityZones: () => late([]),
      limits: () => late({ cores: room, ramMiB: room, instances: room, keyPairs: room }),
    },
  };
  const facts = await readSiteFacts(slow, site, systemClock);
  expect(facts.gaps).toEqual([]);
  expect(facts.latencyMs).toBeGreaterThanOrEqual(ms - 1);
});
