import { expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { newServerBody } from './new-server';

const server = {
  name: 'n',
  flavorId: 'f',
  imageId: 'i',
  portIds: ['p'],
  keyPair: 'k',
  userData: new Secret(Buffer.from('x')),
  volumeIds: [],
  metadata: {},
};
const told = (more: object) => JSON.parse(JSON.stringify(newServerBody({ ...server, ...more }))).server;

it('an image goes to the flavor’s own disk, with no word of a config drive', () => {
  expect(told({})).toMatchObject({ imageRef: 'i' });
  expect(Object.keys(told({}))).not.toEqual(expect.arrayContaining(['config_drive']));
  expect(told({}).block_device_mapping_v2).toBeUndefined();
});

it('where there is none it goes to a volume of its size and type, which ends with the server; others stay', () => {
  const body = told({ bootVolume: { sizeGiB: 20, type: 'ssd' }, volumeIds: ['v'] });
  expect(body.imageRef).toBeUndefined();
  expect(body.block_device_mapping_v2).toEqual([
    {
      boot_index: 0,
      uuid: 'i',
      source_type: 'image',
      destination_type: 'volume',
      delete_on_termination: true,
      volume_size: 20,
      volume_type: 'ssd',
    },
    { boot_index: -1, uuid: 'v', source_type: 'volume', destination_type: 'volume', delete_on_termination: false },
  ]);
});

it.each([true, false])('a config drive is asked for as it was chosen: %s', (configDrive) => {
  expect(told({ configDrive }).config_drive).toBe(configDrive);
});
