import { beforeAll, expect, test, vi } from 'vitest';
import type { Cloud } from '../types';
import { type Lodging, lodge } from './lodging';
import { type ContractSubject, runName, signedIn } from './subject';

const prefix = `${runName}-size`;
const soon = { timeout: 110_000, interval: 500 };

/** What Nova does with a server that is to have another flavor. */
export function resizing(subject: ContractSubject): void {
  const [smaller, larger] = subject.flavors.resized;
  let cloud: Cloud;
  let lodging: Lodging;
  let ids: Map<string, string>;
  let id: string;
  // one machine for all, which takes a real site minutes: each test leaves it with the smaller flavor but for the last
  beforeAll(async () => {
    cloud = await signedIn(subject);
    lodging = await lodge(cloud, subject, prefix);
    ids = new Map((await cloud.compute.flavors()).map((flavor) => [flavor.name, flavor.id]));
    id = (await cloud.compute.createServer(await lodging.request(`${prefix}-one`, smaller))).id;
    await vi.waitFor(async () => expect(await status()).toBe('ACTIVE'), soon);
    return async () => {
      await cloud.compute.deleteServer(id);
      await lodging.leave();
    };
  });
  const flavorId = (name: string) => ids.get(name) ?? name;
  const status = async () => (await cloud.compute.server(id))?.status ?? 'GONE';
  const flavorName = async () => (await cloud.compute.server(id))?.flavorName;

  test('a flavor that is not there is named as what is missing, and one that it has is no change; the server goes on', async () => {
    const { compute } = cloud;
    await expect(compute.resizeServer(id, '11111111-2222-3333-4444-555555555555')).rejects.toMatchObject({ code: 'flavor-not-found' });
    await expect(compute.resizeServer(id, flavorId(smaller))).rejects.toMatchObject({
      code: 'upstream-refused',
      upstream: { status: 400, message: expect.stringMatching(/must change flavor/i) },
    });
    expect(await status()).toBe('ACTIVE');
  });

  test('nothing is confirmed or reverted of a server that waits for no word', async () => {
    await expect(cloud.compute.confirmResize(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(cloud.compute.revertResize(id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a resize that is reverted leaves the server as it was', async () => {
    await cloud.compute.resizeServer(id, flavorId(larger));
    await expect.poll(status, soon).toBe('VERIFY_RESIZE');
    expect(await flavorName()).toBe(larger);
    await cloud.compute.revertResize(id);
    await expect.poll(status, soon).toBe('ACTIVE');
    expect(await flavorName()).toBe(smaller);
  });

  test('a server waits for a word, is not resized again meanwhile, and keeps its flavor when that is confirmed', async () => {
    const { compute } = cloud;
    await compute.resizeServer(id, flavorId(larger));
    await expect.poll(status, soon).toBe('VERIFY_RESIZE');
    await expect(compute.resizeServer(id, flavorId(smaller))).rejects.toMatchObject({ code: 'conflict' });
    await compute.confirmResize(id);
    await expect.poll(status, soon).toBe('ACTIVE');
    expect(await flavorName()).toBe(larger);
  });
}
