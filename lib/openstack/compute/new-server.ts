import type { NewServer } from '../types';

/**
 * The body of `POST /servers` (docs.openstack.org/api-ref/compute, Create Server). The image goes to a disk on the host, or to a
 * volume where that is asked for; either ends with the server. Volumes follow it and outlive it. Whether there is a config drive is left to the site
 * where nothing is said of it.
 */
export function newServerBody(server: NewServer): unknown {
  const volumes = server.volumeIds.map((uuid) => ({
    boot_index: -1,
    uuid,
    source_type: 'volume',
    destination_type: 'volume',
    delete_on_termination: false,
  }));
  const { bootVolume } = server;
  const image = {
    boot_index: 0,
    uuid: server.imageId,
    source_type: 'image',
    destination_type: bootVolume ? 'volume' : 'local',
    delete_on_termination: true,
    // the type in the mapping is known from microversion 2.67 on
    ...(bootVolume && { volume_size: bootVolume.sizeGiB, volume_type: bootVolume.type }),
  };
  return {
    server: {
      name: server.name,
      flavorRef: server.flavorId,
      imageRef: bootVolume ? undefined : server.imageId,
      key_name: server.keyPair,
      networks: server.portIds.map((port) => ({ port })),
      user_data: server.userData.reveal().toString('base64'),
      metadata: server.metadata,
      availability_zone: server.availabilityZone,
      block_device_mapping_v2: volumes.length > 0 || bootVolume ? [image, ...volumes] : undefined,
      config_drive: server.configDrive,
    },
    'os:scheduler_hints': server.reservationId === undefined ? undefined : { reservation: server.reservationId },
  };
}
