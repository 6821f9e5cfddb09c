import type { Gap, QuotaName, Quotas, SiteFacts } from '@/lib/sites/types';

/** The quotas that a site tells in one answer, by the name of the part. */
const quotaParts: Readonly<Record<string, readonly QuotaName[]>> = {
  'compute quota': ['cores', 'ramMiB', 'instances', 'keyPairs'],
  'network quota': ['networks', 'subnets', 'routers', 'ports', 'floatingIps', 'securityGroups', 'securityGroupRules'],
  'volume quota': ['volumes', 'volumeGiB'],
};
const filled = new Set(['flavors', 'images', 'networks', 'volume types', 'availability zones', ...Object.keys(quotaParts)]);

/**
 * Facts with what a site did not tell this time filled in from what it told before: old flavors beat none, and so do old quotas, with their
 * age. The gap stays, and says since when the part is as it stands.
 */
export function withKeptParts(read: SiteFacts, kept: SiteFacts): SiteFacts {
  const missing = (name: string) => read.gaps.some(({ part }) => part === name);
  const old = Object.keys(quotaParts).flatMap((part) => (missing(part) ? (quotaParts[part] ?? []) : []));
  return {
    ...read,
    flavors: missing('flavors') ? kept.flavors : read.flavors,
    images: missing('images') ? kept.images : read.images,
    networks: missing('networks') ? kept.networks : read.networks,
    routers: missing('networks') ? kept.routers : read.routers,
    volumeTypes: missing('volume types') ? kept.volumeTypes : read.volumeTypes,
    availabilityZones: missing('availability zones') ? kept.availabilityZones : read.availabilityZones,
    quotas: { ...read.quotas, ...aged(kept, old) },
    gaps: read.gaps.map((gap) => (filled.has(gap.part) ? { ...gap, since: toldAt(kept, gap.part) } : gap)),
  };
}

/** Kept facts of a site that tells nothing at all now: each part is as old as it is. */
export function keptAlone(kept: SiteFacts, problem: Gap['problem']): SiteFacts {
  const gaps = [...kept.gaps.filter(({ part }) => part !== 'all'), { part: 'all', problem, since: kept.asOf }];
  return { ...kept, quotas: aged(kept, Object.values(quotaParts).flat()), gaps };
}

/** Of these quotas those that were told, each with the moment when it was. */
function aged({ quotas, asOf }: SiteFacts, names: readonly QuotaName[]): Quotas {
  const told = names.flatMap((name) => {
    const quota = quotas[name];
    return quota ? [[name, { ...quota, since: quota.since ?? asOf }] as const] : [];
  });
  return Object.fromEntries(told);
}

/** When a site told a part that is kept; undefined: it never did. */
function toldAt({ gaps, asOf }: SiteFacts, part: string): string | undefined {
  const gap = gaps.find((each) => each.part === part);
  return gap ? gap.since : asOf;
}
