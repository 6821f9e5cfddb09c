import { describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { cloudAt } from '../testing/cloud-at';
import type { NewServer } from '../types';
import { newServerBody } from './new-server';

const raw = { id: 's1', name: 't-abc-web-1', status: 'active', created: '2026-11-21T12:00:00Z' };
const wanted: NewServer = {
  name: 't-abc-web-1',
  flavorId: 'f',
  imageId: 'i',
  portIds: ['p1', 'p2'],
  keyPair: 'k',
  userData: new Secret(Buffer.from('#cloud-config\n')),
  volumeIds: [],
  metadata: { 'transat:key': 'web-1' },
};

describe('the body of a new server', () => {
  test('holds what was asked for and nothing else', () => {
    expect(JSON.parse(JSON.stringify(newServerBody(wanted)))).toEqual({
      server: {
        name: 't-abc-web-1',
        flavorRef: 'f',
        imageRef: 'i',
        key_name: 'k',
        networks: [{ port: 'p1' }, { port: 'p2' }],
        user_data: 'I2Nsb3VkLWNvbmZpZwo=',
        metadata: { 'transat:key': 'web-1' },
      },
    });
  });

  test('with volumes names the image’s disk first', () => {
    const { server } = JSON.parse(JSON.stringify(newServerBody({ ...wanted, volumeIds: ['v1', 'v2'] })));
    expect(server.block_device_mapping_v2).toEqual([
      { boot_index: 0, uuid: 'i', source_type: 'image', destination_type: 'local', delete_on_termination: true },
      { boot_index: -1, uuid: 'v1', source_type: 'volume', destination_type: 'volume', delete_on_termination: false },
      { boot_index: -1, uuid: 'v2', source_type: 'volume', destination_type: 'volume', delete_on_termination: false },
    ]);
  });

  test('goes to a zone and onto a reservation', () => {
    const body = JSON.parse(JSON.stringify(newServerBody({ ...wanted, availabilityZone: 'nova', reservationId: 'r1' })));
    expect(body).toMatchObject({ server: { availability_zone: 'nova' }, 'os:scheduler_hints': { reservation: 'r1' } });
  });
});

describe('servers', () => {
  test('are found by the start of their name, which Nova takes as a pattern', async () => {
    const other = { ...raw, id: 's2', name: 'xt-abc' };
    const cloud = await cloudAt({ 'GET /compute/v2.1/servers/detail': { json: { servers: [raw, other] } } });
    expect((await cloud.compute.servers({ namePrefix: 't-abc' })).map(({ id }) => id)).toEqual(['s1']);
    expect(cloud.small.seen.at(-1)?.url).toContain('name=%5Et-abc');
    expect(await cloud.compute.servers({})).toHaveLength(2);
  });

  test('are read with their addresses, fault and task', async () => {
    const server = {
      ...raw,
      status: 'ERROR',
      'OS-EXT-STS:task_state': 'spawning',
      fault: { code: 500, message: 'No valid host was found.', created: 'x' },
      addresses: {
        net: [
          { addr: '10.0.0.5', version: 4, 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01' },
          { addr: 'fd00::5', version: 6 },
        ],
      },
      metadata: { a: 'b' },
      hostId: '',
    };
    const cloud = await cloudAt({ 'GET /compute/v2.1/servers/s1': { json: { server } } });
    expect(await cloud.compute.server('s1')).toEqual({
      id: 's1',
      name: 't-abc-web-1',
      status: 'ERROR',
      taskState: 'spawning',
      fault: { code: 500, message: 'No valid host was found.' },
      addresses: [
        { address: '10.0.0.5', mac: 'fa:16:3e:00:00:01' },
        { address: 'fd00::5', mac: undefined },
      ],
      metadata: { a: 'b' },
      hostId: undefined,
      createdAt: '2026-11-21T12:00:00Z',
    });
  });

  test('that are gone are null, and deleted', async () => {
    const cloud = await cloudAt({});
    expect(await cloud.compute.server('s1')).toBeNull();
    await cloud.compute.deleteServer('s1');
    await cloud.compute.deleteKeyPair('k');
  });
});

test('limits: -1 is none, and key pairs are counted', async () => {
  const absolute = {
    maxTotalCores: -1,
    totalCoresUsed: 3,
    maxTotalRAMSize: 1024,
    totalRAMUsed: 512,
    maxTotalInstances: 10,
    totalInstancesUsed: 2,
    maxTotalKeypairs: 100,
  };
  const cloud = await cloudAt({
    'GET /compute/v2.1/limits': { json: { limits: { rate: [], absolute } } },
    'GET /compute/v2.1/os-keypairs': { json: { keypairs: [{ keypair: { name: 'k', fingerprint: 'f', public_key: 'ssh-ed25519 A\n' } }] } },
  });
  expect(await cloud.compute.limits()).toEqual({
    cores: { limit: null, used: 3 },
    ramMiB: { limit: 1024, used: 512 },
    instances: { limit: 10, used: 2 },
    keyPairs: { limit: 100, used: 1 },
  });
  expect(await cloud.compute.keyPairs()).toEqual([{ name: 'k', fingerprint: 'f', publicKey: 'ssh-ed25519 A' }]);
});

test('only zones that take servers are offered', async () => {
  const zone = (zoneName: string, available: boolean) => ({ zoneName, zoneState: { available } });
  const cloud = await cloudAt({
    'GET /compute/v2.1/os-availability-zone': { json: { availabilityZoneInfo: [zone('nova', true), zone('old', false)] } },
  });
  expect(await cloud.compute.availabilityZones()).toEqual(['nova']);
});
