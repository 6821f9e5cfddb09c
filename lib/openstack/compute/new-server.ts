import type { NewServer } from '../types';

/**
 * The body of `POST /servers` (docs.openstack.org/api-ref/compute, Create Server). The image goes to a disk on the host that
 * ends with the server; volumes follow it and outlive it. Whether there is a config drive is left to the site.
 */
export function newServerBody(server: NewServer): unknown {
  const volumes = server.volumeIds.map((uuid) => ({
    boot_index: -1,
    uuid,
    source_type: 'volume',
    destination_type: 'volume',
    delete_on_termination: false,
  }));
  const image = { boot_index: 0, uuid: server.imageId, source_type: 'image', destination_type: 'local', delete_on_termination: true };
  return {
    server: {
      name: server.name,
      flavorRef: server.flavorId,
      imageRef: server.imageId,
      key_name: server.keyPair,
      networks: server.portIds.map((port) => ({ port })),
      user_data: server.userData.reveal().toString('base64'),
      metadata: server.metadata,
      availability_zone: server.availabilityZone,
      block_device_mapping_v2: volumes.length > 0 ? [image, ...volumes] : undefined,
    },
    'os:scheduler_hints': server.reservationId === undefined ? undefined : { reservation: server.reservationId },
  };
}
