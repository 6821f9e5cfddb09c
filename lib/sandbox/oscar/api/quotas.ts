import type { Answer, Call } from '../../http/call';
import { quantity } from '../run/resources';
import type { QuotaLimits } from '../state';
import { type OscarWorld, ROOT_USER } from '../world';
import { bodyOf, type Caller, json, refuse } from './call';

/** OSCAR's defaults (`pkg/types/config.go` of 4.1.2). */
const usual: QuotaLimits = { cpu: '2', memory: '4Gi', disk: '7Gi', volumes: '5', largest: '5Gi', smallest: '200Mi', buckets: '0' };

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

/** The same of somebody, for the cluster's own user. */
export function quotasOf(world: OscarWorld, caller: Caller, call: Call): Answer {
  return json(shown(world, personOf(world, caller, call)));
}

export function putQuotas(world: OscarWorld, caller: Caller, call: Call): Answer {
  if (!caller.admin) throw refuse(403, 'forbidden');
  const { volumes, minio, ...plain } = partsOf(bodyOf(call));
  const wanted = { cpu: textIn(plain, 'cpu'), memory: textIn(plain, 'memory') };
  const ofVolumes = { disk: textIn(partsOf(volumes), 'disk'), volumes: textIn(partsOf(volumes), 'volumes') };
  const buckets = textIn(partsOf(minio), 'buckets');
  const all = { ...wanted, ...ofVolumes, buckets };
  if (Object.values(all).every((value) => value === '')) {
    throw refuse(400, 'cpu, memory, ephemeral_storage, volumes or minio must be provided');
  }
  if ((wanted.cpu || wanted.memory) && !world.definition.kueue) {
    throw refuse(503, 'kueue is not enabled: /system/quotas requires KUEUE_ENABLE=true');
  }
  const uid = personOf(world, caller, call);
  for (const [name, value] of Object.entries(all)) if (value && quantity(value) === null) throw refuse(500, `invalid ${name} quantity`);
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  world.state.limits[uid] = { ...(Object.hasOwn(world.state.limits, uid) ? world.state.limits[uid] : {}), ...given };
  world.changed();
  return json(shown(world, uid));
}

/** @throws Refusal 403; 500 for somebody who never came: they have no namespace */
function personOf(world: OscarWorld, caller: Caller, call: Call): string {
  if (!caller.admin) throw refuse(403, 'forbidden');
  const uid = call.params.person ?? '';
  if (!Object.hasOwn(world.state.users, uid)) {
    throw refuse(500, `getting volume quotas for user ${uid}: resourcequotas "${uid}" not found`);
  }
  return uid;
}

const partsOf = (body: unknown): Record<string, unknown> => (typeof body === 'object' && body !== null ? { ...body } : {});
const textIn = (body: Record<string, unknown>, key: string) => (typeof body[key] === 'string' ? body[key].trim() : '');

function shown(world: OscarWorld, uid: string): unknown {
  const { state, abilities, definition } = world;
  const { cpu, memory, disk, volumes, largest, smallest, buckets } = limitsOf(world, uid);
  const ofVolumes = state.volumes.filter(({ owner }) => owner === uid);
  const ofBuckets = state.buckets.filter(({ owner }) => owner === uid);
  const bytes = ofBuckets.flatMap(({ objects }) => Object.values(objects)).reduce((sum, { size }) => sum + size, 0);
  const kept = ofVolumes.reduce((sum, { size }) => sum + (quantity(size) ?? 0), 0);
  const runs = state.runs.filter((run) => run.owner === uid && run.status === 'Running');
  const used = (of: (run: (typeof runs)[number]) => number) => runs.reduce((sum, run) => sum + of(run), 0);
  return {
    user_id: uid,
    ...(definition.kueue
      ? {
          cluster_queue: `oscar-cq-${uid}`,
          resources: {
            cpu: { max: (quantity(cpu) ?? 0) * 1000, used: used(({ milliCores }) => milliCores) },
            memory: { max: quantity(memory) ?? 0, used: used(({ memoryBytes }) => memoryBytes) },
          },
        }
      : {}),
    volumes: {
      disk: { max: disk, used: kept === 0 ? '0' : `${kept / 2 ** 20}Mi` },
      volumes: { max: volumes, used: String(ofVolumes.length) },
      max_disk_per_volume: largest,
      min_disk_per_volume: smallest,
    },
    // 4.0 has none of MinIO
    ...(abilities.federation
      ? {
          minio: {
            buckets: { max: Number(buckets), used: ofBuckets.length },
            storage_per_bucket: { max: '0' },
            storage_total: { used: String(bytes) },
          },
        }
      : {}),
  };
}
