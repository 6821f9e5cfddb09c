import type { Secret } from '@/lib/core/secret';

/** A server as Nova is asked for one. */
export interface NewServer {
  name: string;
  flavorId: string;
  imageId: string;
  portIds: string[];
  keyPair: string;
  userData: Secret<Buffer>;
  /** attached at boot, after the image's own disk */
  volumeIds: string[];
  /** it boots from a volume that is made of its image, and goes with it */
  bootVolume?: { sizeGiB: number; type?: string };
  /** left out: as the site has it */
  configDrive?: boolean;
  availabilityZone?: string;
  reservationId?: string;
  metadata: Record<string, string>;
}
