import { beforeAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { Cloud } from '../types';
import { type Lodging, lodge } from './lodging';
import { type ContractSubject, runName, signedIn } from './subject';

const prefix = `${runName}-vm`;
const soon = { timeout: 90_000, interval: 500 };

export function servers(subject: ContractSubject): void {
  let cloud: Cloud;
  let lodging: Lodging;
  beforeAll(async () => {
    cloud = await signedIn(subject);
    lodging = await lodge(cloud, subject, prefix);
    return () => lodging.leave();
  });
  const status = (id: string) => async () => (await cloud.compute.server(id))?.status ?? 'GONE';

  test('a server lives: made, found, stopped, started, rebooted, deleted', async () => {
    const { compute } = cloud;
    const wanted = await lodging.request(`${prefix}-one`, subject.flavors.plain);
    const { id } = await compute.createServer(wanted);
    await expect.poll(status(id), soon).toBe('ACTIVE');

    const server = await compute.server(id);
    const [port] = (await cloud.network.ports({ deviceId: id })).filter(({ id: portId }) => wanted.portIds.includes(portId));
    expect(server).toMatchObject({ name: `${prefix}-one`, taskState: null, metadata: { 'transat:deployment': runName } });
    expect(server?.addresses.map(({ address }) => address)).toEqual([port?.fixedIps[0]?.address]);
    expect(port?.deviceOwner).toMatch(/^compute:/);
    expect((await compute.servers({ namePrefix: prefix })).map((one) => one.id)).toEqual([id]);
    expect(await compute.servers({ namePrefix: 'no-server-is-called-so' })).toEqual([]);
    expect(await compute.consoleLog(id, 10)).toBeTypeOf('string');
    // not every hypervisor has screens: then it says so
    const screen = await compute.remoteConsole(id).catch((error: unknown) => error);
    if (screen instanceof Secret) expect(new URL(screen.reveal()).protocol).toMatch(/^https?:$/);
    else expect(screen).toMatchObject({ code: 'upstream-refused', title: 'There is no console to open', upstream: { service: 'compute' } });

    await compute.stopServer(id);
    await expect.poll(status(id), soon).toBe('SHUTOFF');
    await expect(compute.stopServer(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(compute.remoteConsole(id)).rejects.toMatchObject({ code: 'upstream-refused' });
    await compute.startServer(id);
    await expect.poll(status(id), soon).toBe('ACTIVE');
    await compute.rebootServer(id, 'HARD');
    await expect.poll(status(id), soon).toBe('ACTIVE');

    await compute.deleteServer(id);
    await expect.poll(status(id), soon).toBe('GONE');
    await compute.deleteServer(id);
    // a port that was made by itself stays, free again
    expect((await cloud.network.ports()).find((one) => one.id === port?.id)).toMatchObject({ deviceId: '' });
  });

  test('a server with an operating system starts, and is deleted', async () => {
    const { id } = await cloud.compute.createServer(await lodging.request(`${prefix}-real`, subject.flavors.booting));
    await expect.poll(status(id), soon).toBe('ACTIVE');
    await cloud.compute.deleteServer(id);
    await expect.poll(status(id), soon).toBe('GONE');
  });

  test('an image, a flavor or a key pair that is not there is named', async () => {
    const nothing = '11111111-2222-3333-4444-555555555555';
    const make = async (rest: object) =>
      cloud.compute.createServer({ ...(await lodging.request(`${prefix}-none`, subject.flavors.plain)), ...rest });
    await expect(make({ imageId: nothing })).rejects.toMatchObject({ code: 'image-not-found' });
    await expect(make({ flavorId: nothing })).rejects.toMatchObject({ code: 'flavor-not-found' });
    await expect(make({ keyPair: 'no-such-key' })).rejects.toMatchObject({
      code: 'upstream-refused',
      detail: expect.stringMatching(/keypair|key/i),
    });
    expect(await cloud.compute.servers({ namePrefix: `${prefix}-none` })).toEqual([]);
  });
}
