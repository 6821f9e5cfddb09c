import type { SiteFacts } from '@/lib/sites/types';

/**
 * Facts with what a site did not tell this time filled in from what it told before: old flavors beat none. The gap stays,
 * and says that the part is old.
 */
export function withKeptParts(read: SiteFacts, kept: SiteFacts): SiteFacts {
  const missing = (name: string) => read.gaps.some(({ part }) => part === name);
  return {
    ...read,
    flavors: missing('flavors') ? kept.flavors : read.flavors,
    images: missing('images') ? kept.images : read.images,
    networks: missing('networks') ? kept.networks : read.networks,
    volumeTypes: missing('volume types') ? kept.volumeTypes : read.volumeTypes,
    availabilityZones: missing('availability zones') ? kept.availabilityZones : read.availabilityZones,
  };
}
