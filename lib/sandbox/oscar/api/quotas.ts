import type { Answer } from '../../http/call';
import { quantity } from '../run/resources';
import type { QuotaLimits } from '../state';
import { type OscarWorld, ROOT_USER } from '../world';
import { type Caller, json, refuse } from './call';

/** OSCAR's defaults, 7 GiB and 5 volumes, less the volume of 2 GiB with its own programs that it puts into everybody's namespace. */
const usual: QuotaLimits = {
  disk: '5Gi',
  volumes: '4',
  largest: '5Gi',
  smallest: '200Mi',
};

/** What somebody may have. */
export const limitsOf = ({ state }: OscarWorld, uid: string): QuotaLimits => ({
  ...usual,
  ...(Object.hasOwn(state.limits, uid) ? state.limits[uid] : {}),
});

/** What somebody may use, and uses: the cluster's own user has no quotas. */
export function quotas(world: OscarWorld, caller: Caller): Answer {
  if (caller.uid === ROOT_USER) throw refuse(401, 'missing user identificator: missing user identificator');
  return json(shown(world, caller.uid));
}

function shown(world: OscarWorld, uid: string): unknown {
  const { state, abilities } = world;
  const { disk, volumes, largest, smallest } = limitsOf(world, uid);
  const ofVolumes = state.volumes.filter(({ owner }) => owner === uid);
  const ofBuckets = state.buckets.filter(({ owner }) => owner === uid);
  const bytes = ofBuckets.flatMap(({ objects }) => Object.values(objects)).reduce((sum, { size }) => sum + size, 0);
  const kept = ofVolumes.reduce((sum, { size }) => sum + (quantity(size) ?? 0), 0);
  return {
    user_id: uid,
    volumes: {
      disk: { max: disk, used: kept === 0 ? '0' : `${kept / 2 ** 20}Mi` },
      volumes: { max: volumes, used: String(ofVolumes.length) },
      max_disk_per_volume: largest,
      min_disk_per_volume: smallest,
    },
    // 4.0 has none of MinIO
    ...(abilities.federation
      ? { minio: { buckets: { max: 0, used: ofBuckets.length }, storage_per_bucket: { max: '0' }, storage_total: { used: String(bytes) } } }
      : {}),
  };
}
