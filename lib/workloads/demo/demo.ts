import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import type { ClusterRow } from '@/lib/store/schema';
import { takeDemo } from '../clusters/offered';
import { openCluster } from '../clusters/open';
import { clusterOf } from '../clusters/rows';
import { removePair } from '../pairs/remove';
import { pairRows } from '../pairs/rows';
import { removeService } from '../services/change';
import type { Cluster, Owner, WorkloadPorts } from '../types';

/** A demo is taken away after that, whoever left it how. */
const LASTS_MS = 30 * 60_000;

/** What of a person's demo stands: its two clusters, and what its services are called, which nobody else's are. */
interface Demo {
  origin: Cluster;
  worker: Cluster;
  /** the service that finds fish, on both */
  service: string;
  /** what makes the first full */
  filler: string;
  endsAt: string;
}

type Ports = Pick<WorkloadPorts, 'store'>;

/** A person's demo; null: none stands. */
export async function readDemo(ports: Ports, userId: string): Promise<Demo | null> {
  const rows = await demoRows(ports, userId);
  const [origin, worker] = (['eu', 'us'] as const).map((region) => rows.find((row) => row.region === region));
  if (!origin || !worker) return null;
  const { service, filler } = namesOf(origin.id);
  const endsAt = new Date(origin.created_at.getTime() + LASTS_MS).toISOString();
  return { origin: clusterOf(origin), worker: clusterOf(worker), service, filler, endsAt };
}

/** Begins a person's demo: registers the clusters that the sandbox has for it. Done again, it finds what stands. @throws AppError `not-found` */
export async function beginDemo(ports: WorkloadPorts, owner: Owner): Promise<Demo> {
  await takeDemo(ports, owner);
  const demo = await readDemo(ports, owner.id);
  if (!demo) throw notWhole();
  return demo;
}

/**
 * Takes a person's demo away: its pair, what made the first cluster full, all that it wrote, and its clusters. What could not be taken away now is left to
 * be tried again. Where there is no sandbox any more, nothing of it is either.
 * @throws AppError as the clusters
 */
export async function endDemo(ports: WorkloadPorts, userId: string): Promise<void> {
  const rows = await demoRows(ports, userId);
  const ids = new Set(rows.map(({ id }) => id));
  if (ports.config.sandbox) {
    const pairs = (await pairRows(ports, userId)).filter(
      ({ origin_id: origin, worker_id: worker }) => ids.has(origin ?? '') || ids.has(worker ?? ''),
    );
    for (const { id } of pairs) await removePair(ports, userId, id, false);
    const origin = rows.find(({ region }) => region === 'eu');
    if (origin) await emptied(ports, userId, rows, namesOf(origin.id));
  }
  if (ids.size > 0) {
    await ports.store.db
      .deleteFrom('clusters')
      .where('id', 'in', [...ids])
      .execute();
  }
}

/** Of both clusters, what a tour that was cut off left there. */
async function emptied(
  ports: WorkloadPorts,
  userId: string,
  rows: readonly Row[],
  { service, filler }: ReturnType<typeof namesOf>,
): Promise<void> {
  for (const { id } of rows) {
    const { client } = await openCluster(ports, userId, id, 'take a demo away');
    const left = (await client.services()).filter(({ name }) => name === service || name === filler);
    for (const { name } of left) await removeService(ports, userId, id, name);
  }
}

/** Takes away the demos that have stood as long as they may. @returns how many could not be */
export async function endOldDemos(ports: WorkloadPorts): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - LASTS_MS);
  const people = await ports.store.db
    .selectFrom('clusters')
    .select('user_id')
    .distinct()
    .where('demo', '=', true)
    .where('created_at', '<', before)
    .execute();
  let left = 0;
  for (const { user_id: id } of people) {
    await endDemo(ports, id).catch((error: unknown) => {
      left += 1;
      log.info({ err: error, person: id }, 'a demo could not be taken away yet');
    });
  }
  return left;
}

type Row = Selectable<ClusterRow>;

async function demoRows({ store }: Ports, userId: string): Promise<Row[]> {
  return await store.db
    .selectFrom('clusters')
    .selectAll()
    .where('user_id', '=', userId)
    .where('demo', '=', true)
    .orderBy('created_at')
    .execute();
}

/** Several people may have a demo on the same two clusters: each has services of names that nobody else's have. Pure. */
function namesOf(origin: string): { service: string; filler: string } {
  const own = origin.slice(-8).toLowerCase();
  return { service: `fish-${own}`, filler: `fill-${own}` };
}

function notWhole(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'The demo could not be begun',
    detail: 'One of its two clusters did not answer.',
    remedy: 'Try again in a minute.',
  });
}
