import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '@/lib/core/config';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web';
import { type Reply, type Seen, serve } from '@/lib/web/testing/http-server';
import { directorySites } from '../directory/builtin';
import { sandboxSites } from '../directory/sandbox';
import { readFlavorTimes, readLeasableFlavors, readNodes, readNodeTimes, registryOf } from './registry';
import type { Registry } from './types';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await closeDoors();
  await sandbox.end();
});

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(sandbox.clock.now().getTime() + hours * HOUR_MS).toISOString();
function sandboxRegistry(): Registry {
  const config = readConfig({ TRANSAT_SANDBOX: '1', TRANSAT_SANDBOX_URL: sandbox.url }, '/nowhere');
  const site = sandboxSites(sandbox.url).find(({ id }) => id === 'sandbox-america');
  const registry = site && registryOf(config, site);
  if (!registry) throw new Error('The sandbox has no registry');
  return registry;
}

describe('the sandbox’s hardware, before anybody signs in', () => {
  test('is read whole, with what tells nodes apart', async () => {
    const { items, gaps } = await readNodes(sandboxRegistry(), 'america');
    expect(gaps).toEqual([]);
    expect(items.length).toBeGreaterThan(200);
    expect(items.find(({ type }) => type === 'gpu_a100_pcie')).toMatchObject({
      architecture: 'x86_64',
      ramMiB: 512 * 1024,
      gpu: { model: 'A100', count: 4, vendor: 'NVIDIA' },
      networkGbps: 25,
      disks: [{ media: 'SSD', sizeGB: 480 }],
    });
    expect(items.find(({ type }) => type === 'compute_arm64')).toMatchObject({ architecture: 'aarch64', gpu: undefined });
    expect(new Set(items.map(({ availability }) => availability))).toEqual(new Set(['available', 'reserved']));
  });

  test('is told by when it is free, node by node and for a span', async () => {
    const registry = sandboxRegistry();
    const span = { start: inHours(24), end: inHours(30) };
    const free = await readNodes(registry, 'america', span);
    const all = await readNodes(registry, 'america');
    expect(free.items.length).toBeGreaterThan(20);
    expect(free.items.length).toBeLessThan(all.items.length);
    const [first] = free.items;
    const times = await readNodeTimes(registry, 'america', first?.uid ?? '');
    expect(times.taken.every(({ start, end }) => end <= span.start || start >= span.end)).toBe(true);
    const busy = all.items.find(({ uid }) => !free.items.some((one) => one.uid === uid));
    const busyTimes = await readNodeTimes(registry, 'america', busy?.uid ?? '');
    expect(busyTimes).toMatchObject({ maintenance: false, asOf: expect.stringMatching(/Z$/) });
    expect(busyTimes.taken.some(({ start, end }) => start < span.end && end > span.start)).toBe(true);
  });

  test('flavors are told with their price and room; a site of bare metal has none', async () => {
    const registry = sandboxRegistry();
    const { items } = await readLeasableFlavors(registry, 'america-kvm');
    expect(items.find(({ name }) => name === 'm1.large')).toEqual({
      name: 'm1.large',
      vcpus: 4,
      ramMiB: 8192,
      diskGiB: 40,
      gpu: false,
      unitsPerHour: 0.04,
    });
    expect(items.find(({ name }) => name.startsWith('g1.h100'))).toMatchObject({ gpu: true });
    expect((await readLeasableFlavors(registry, 'america')).items).toEqual([]);
    const room = await readFlavorTimes(registry, 'america-kvm', 'm1.large', { start: inHours(0), end: inHours(48) });
    expect(room.length).toBeGreaterThan(1);
    for (const { available, total } of room) expect(available).toBeLessThanOrEqual(total);
    expect(room.some(({ available }) => available > 0)).toBe(true);
  });

  test('what is not in it is told as such', async () => {
    await expect(readNodeTimes(sandboxRegistry(), 'america', 'no-such-node')).rejects.toMatchObject({
      code: 'upstream-failed',
      upstream: { status: 404 },
    });
  });
});

describe('a registry’s answers', () => {
  async function at(answer: (request: Seen) => Reply): Promise<Registry & { seen: Seen[] }> {
    const server = await serve(answer);
    onTestFinished(() => server.close());
    return { id: `registry-${server.url}`, url: server.url, named: true, seen: server.seen };
  }
  const bare = (uid: string) => ({ uid, node_type: 'compute_skylake', gpu: { gpu: false } });

  test('are read page after page', async () => {
    const nodes = Array.from({ length: 1200 }, (_, index) => bare(`n${index}`));
    const registry = await at(({ url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const offset = Number(query.get('offset'));
      return { json: { total: nodes.length, offset, items: nodes.slice(offset, offset + Number(query.get('limit'))) } };
    });
    expect((await readNodes(registry, 'uc')).items).toHaveLength(1200);
    expect(registry.seen).toHaveLength(3);
  });

  test('with a node that can’t be read lack that one, and say so', async () => {
    const odd = { ...bare('odd'), availability: 'on fire', infiniband: 'True', availability_until: '2026-11-21T12:00:00+01:00' };
    const registry = await at(() => ({ json: { total: 3, offset: 0, items: [bare('a'), { uid: 'b' }, odd] } }));
    const { items, gaps } = await readNodes(registry, 'uc');
    expect(items).toMatchObject([
      { uid: 'a' },
      { uid: 'odd', availability: 'unknown', infiniband: true, until: '2026-11-21T11:00:00.000Z' },
    ]);
    expect(gaps).toEqual([{ id: 'b', problem: expect.stringContaining('node_type') }]);
  });

  test.each([
    ['another form', { json: { nodes: [] } }],
    ['no JSON', { text: '<html>moved</html>' }],
    ['a fault', { status: 500, text: '' }],
  ])('of %s are told as what they are', async (_what, reply) => {
    const registry = await at(() => reply);
    await expect(readNodes(registry, 'uc')).rejects.toMatchObject({ code: 'upstream-failed' });
  });

  test('are asked for at real sites where the operator has the directory read, and nowhere else', () => {
    const sites = directorySites([]);
    const uc = sites.find(({ id }) => id === 'chi-uc');
    const kvm = sites.find(({ id }) => id === 'kvm-tacc');
    const egi = sites.find(({ provider }) => provider === 'egi');
    if (!uc || !kvm || !egi) throw new Error('The directory lacks sites');
    expect([uc.registered, kvm.registered]).toEqual(['uc', 'kvm']);
    const config = readConfig({}, '/nowhere');
    expect(registryOf(config, uc)).toMatchObject({ url: 'https://api.chameleoncloud.org', named: false });
    expect(registryOf({ ...config, directoryRefresh: { ...config.directoryRefresh, chameleon: null } }, uc)).toBeNull();
    expect(registryOf(config, egi)).toBeNull();
  });
});
