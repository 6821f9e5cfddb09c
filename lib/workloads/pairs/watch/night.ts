import { createHash } from 'node:crypto';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import type { WorkloadPorts } from '../../types';
import { provePair } from '../proof';
import { isOut } from './breaker';
import { noteEvent } from './events';

/** The kind of errand that proves a pair at night. */
export const nightErrand = 'night';
/** Nights begin at one hour UTC: between those of both shores, when neither has many jobs. */
const NIGHT_HOUR = 4;
const NIGHT_MINUTES = 120;
const DAY_MS = 86_400_000;
/** A proof of the evening is good for the night after it. */
const FRESH_MS = 12 * 3_600_000;
/** As long as an errand may take: a proof that lasts longer ends by itself. */
const PATIENCE_MS = 240_000;

/** When a pair is to be proved next: each night, each pair at a minute of its own. Pure. @param since its last proof, or when it was made; milliseconds since 1970 */
export function nextNight(id: string, since: number): number {
  const minute = createHash('sha256').update(id).digest().readUInt16BE(0) % NIGHT_MINUTES;
  const offset = NIGHT_HOUR * 3_600_000 + minute * 60_000;
  const earliest = since + FRESH_MS;
  return Math.ceil((earliest - offset) / DAY_MS) * DAY_MS + offset;
}

/** The pairs that are to be proved now. An origin of 4.1 takes the service of a proof only with a refresh token: where its person lets one be kept. */
export async function dueNights({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>): Promise<string[]> {
  const now = clock.now().getTime();
  const rows = await store.db
    .selectFrom('pairs')
    .innerJoin('clusters', 'clusters.id', 'pairs.origin_id')
    .innerJoin('peers', 'peers.cluster_id', 'pairs.worker_id')
    .select(['pairs.id', 'pairs.proof', 'pairs.created_at', 'peers.breaker'])
    .where('pairs.state', '=', 'standing')
    .where('pairs.settled', '=', true)
    .where('pairs.drain', 'is', null)
    .where((where) => where.or([where('clusters.dialect', '!=', '4.1'), where('pairs.token_stays', '=', true)]))
    .execute();
  return rows.flatMap(({ id, proof, created_at: made, breaker }) =>
    answered(breaker) && nextNight(id, proof?.startedAt ?? made.getTime()) <= now ? [id] : [],
  );
}

const answered = (breaker: KeptBreaker) => !isOut(breaker) && breaker.state === 'closed';

/** Proves a pair without anybody's asking, and tells how it ended. */
export async function proveAtNight(ports: WorkloadPorts, id: string): Promise<void> {
  if (!(await dueNights(ports)).includes(id)) return;
  const row = await ports.store.db.selectFrom('pairs').select('user_id').where('id', '=', id).executeTakeFirst();
  if (!row) return;
  const proving = provePair(ports, row.user_id, id, {}).then(
    async ({ state }) => {
      await noteEvent(ports.store.db, [id], ports.clock.now(), { kind: state === 'verified' ? 'proved' : 'proof-failed' });
    },
    (error: unknown) => noteEvent(ports.store.db, [id], ports.clock.now(), { kind: 'proof-failed', error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  // its pair may be gone when it ends
  await Promise.race([proving.catch(() => undefined), patience]);
  clearTimeout(timer);
}
