import { beforeAll, expect, test } from 'vitest';
import type { BlockStorage, Cloud } from '../types';
import { type ContractSubject, runName, signedIn } from './subject';

const name = `${runName}-data`;
const tags = { deployment: runName, key: 'data' };

export function volumesAndKeys(subject: ContractSubject): void {
  let cloud: Cloud;
  let blockStorage: BlockStorage;
  beforeAll(async () => {
    cloud = await signedIn(subject);
    if (!cloud.blockStorage) throw new Error('The cloud has no block storage');
    blockStorage = cloud.blockStorage;
  });
  const own = async () => (await blockStorage.volumes()).filter((volume) => volume.name === name);

  test('a volume is made, becomes available, and is deleted', async () => {
    const made = await blockStorage.createVolume({ name, sizeGiB: 1 }, tags);
    await expect
      .poll(own, { timeout: 60_000, interval: 500 })
      .toMatchObject([{ id: made.id, status: 'available', sizeGiB: 1, zone: expect.stringMatching(/./), attachments: [] }]);
    await blockStorage.deleteVolume(made.id);
    await expect.poll(own, { timeout: 60_000, interval: 500 }).toEqual([]);
    await blockStorage.deleteVolume(made.id);
  });

  test('a volume beyond the quota is refused with the numbers', async () => {
    const { volumeGiB } = await blockStorage.limits();
    const beyond = (volumeGiB.limit ?? 0) + 1;
    await expect(blockStorage.createVolume({ name, sizeGiB: beyond }, tags)).rejects.toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringMatching(new RegExp(`of ${volumeGiB.limit} are used and ${beyond} more`)),
      upstream: { service: 'block-storage', status: 413, requestId: expect.stringMatching(/^req-/) },
    });
    expect(await own()).toEqual([]);
  });

  test('a key pair is imported, found, not made twice, and deleted', async () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTTSg/JY74tmIrOmTOTy+4jr3nUyAumhzEv4xD51JRP';
    const made = await cloud.compute.createKeyPair(name, key);
    expect(made).toMatchObject({ name, publicKey: key, fingerprint: expect.stringMatching(/^[0-9a-f:]+$/) });
    expect(await cloud.compute.keyPairs()).toContainEqual(made);
    await expect(cloud.compute.createKeyPair(name, key)).rejects.toMatchObject({ code: 'conflict' });
    await cloud.compute.deleteKeyPair(name);
    expect((await cloud.compute.keyPairs()).map((pair) => pair.name)).not.toContain(name);
  });
}
