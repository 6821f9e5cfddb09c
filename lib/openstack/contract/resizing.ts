import { afterEach, beforeAll, expect, test } from 'vitest';
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
  beforeAll(async () => {
    cloud = await signedIn(subject);
    lodging = await lodge(cloud, subject, prefix);
    ids = new Map((await cloud.compute.flavors()).map(({ id, name }) => [name, id]));
    return () => lodging.leave();
  });
  afterEach(async () => {
    for (const { id } of await cloud.compute.servers({ namePrefix: prefix })) await cloud.compute.deleteServer(id);
  });
  const flavorId = (name: string) => ids.get(name) ?? name;
  const status = (id: string) => async () => (await cloud.compute.server(id))?.status ?? 'GONE';
  const flavorOf = async (id: string) => (await cloud.compute.server(id))?.flavorName;
  async function boot(name: string): Promise<string> {
    const { id } = await cloud.compute.createServer(await lodging.request(`${prefix}-${name}`, smaller));
    await expect.poll(status(id), soon).toBe('ACTIVE');
    expect(await flavorOf(id)).toBe(smaller);
    return id;
  }

  test('a server gets another flavor, waits for a word, and keeps it when that is confirmed; both are refused to one that waits for none', async () => {
    const { compute } = cloud;
    const id = await boot('kept');
    await expect(compute.confirmResize(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(compute.revertResize(id)).rejects.toMatchObject({ code: 'conflict' });
    await compute.resizeServer(id, flavorId(larger));
    await expect.poll(status(id), soon).toBe('VERIFY_RESIZE');
    expect(await flavorOf(id)).toBe(larger);
    await expect(compute.resizeServer(id, flavorId(smaller))).rejects.toMatchObject({ code: 'conflict' });
    await compute.confirmResize(id);
    await expect.poll(status(id), soon).toBe('ACTIVE');
    expect(await flavorOf(id)).toBe(larger);
    await expect(compute.resizeServer(id, flavorId(larger))).rejects.toMatchObject({
      code: 'upstream-refused',
      upstream: { status: 400, message: expect.stringMatching(/must change flavor/i) },
    });
  });

  test('a resize that is reverted leaves the server as it was', async () => {
    const { compute } = cloud;
    const id = await boot('back');
    await compute.resizeServer(id, flavorId(larger));
    await expect.poll(status(id), soon).toBe('VERIFY_RESIZE');
    await compute.revertResize(id);
    await expect.poll(status(id), soon).toBe('ACTIVE');
    expect(await flavorOf(id)).toBe(smaller);
  });

  test('a flavor that is not there is named as what is missing, and the server goes on', async () => {
    const id = await boot('none');
    await expect(cloud.compute.resizeServer(id, '11111111-2222-3333-4444-555555555555')).rejects.toMatchObject({
      code: 'flavor-not-found',
    });
    expect(await status(id)()).toBe('ACTIVE');
  });
}
