import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { log } from '@/lib/core/log';
import { compareResults } from '@/lib/workloads/ledger/both-buckets';
import { followJobs } from '@/lib/workloads/ledger/follow';
import { hopsOf } from '@/lib/workloads/ledger/hops';
import { type ListedJob, listLedger } from '@/lib/workloads/ledger/list';
import { watchJobs } from '@/lib/workloads/ledger/turns';
import { askPlacement, type Placement } from '@/lib/workloads/placing/ask';
import { listOf } from '../../contract/common';
import { askPlacementSchema, ledgerJobSchema, ledgerQuerySchema, pairResultsSchema, placementSchema } from '../../contract/ledger';
import { decodeCursor, decodeMoment, encodeCursor } from '../../http/paging';
import { route } from '../../http/route';

/** Whoever watches sees what has come since as soon as the clusters have told, or what is known. */
const PATIENCE_MS = 500;

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
/** A screen that looks on asks more than once a second, and a person may have several. */
const following = { name: 'follow-jobs', most: 6000, seconds: 600 };

/** Jobs over all clusters of one's pairs: where each came, why it left, where it ran, where its results are. */
export const ledgerRoutes = [
  route(
    {
      method: 'GET',
      path: '/jobs',
      access: 'signed-in',
      limit: following,
      summary:
        'The jobs of your pairs over all clusters, one row each, those submitted last first: where it came, why it left, where it ran, its results on both sides, what crossed the ocean and how long each hop took',
      query: ledgerQuerySchema,
      answers: { 200: listOf(ledgerJobSchema) },
    },
    async ({ person, query, services }) => {
      const { limit, cursor, watch, crossed, ...filter } = query;
      if (watch === 'true') {
        await watchJobs(services, person.id);
        const following = followJobs(services, person.id).catch((error: unknown) => log.info({ err: error }, 'jobs could not be followed'));
        // what a slow cluster says is on the next answer
        await Promise.race([following, sleep(PATIENCE_MS)]);
      }
      const wanted = { ...filter, ...(crossed === undefined ? {} : { crossed: crossed === 'true' }) };
      const { jobs, next } = await listLedger(services, person.id, wanted, { limit, after: positionOf(cursor) });
      return { body: { items: jobs.map(jobView), next: next && encodeCursor([next.at.toISOString(), next.id]) } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/pairs/{id}/results',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary: 'What a pair has written on both sides, compared object by object',
      answers: { 200: pairResultsSchema },
    },
    async ({ person, params, services }) => ({ body: { places: await compareResults(services, person.id, params.id) } }),
  ),
  route(
    {
      method: 'POST',
      path: '/placements',
      access: 'signed-in',
      readOnly: true,
      limit: reading,
      summary: 'Where a job of a pair would run now, and why. Nothing is begun',
      body: askPlacementSchema,
      answers: { 200: placementSchema },
    },
    async ({ person, body, services }) => ({ body: placementView(await askPlacement(services, person.id, body.pair)) }),
  ),
];

function positionOf(cursor: string | undefined): { at: Date; id: string } | null {
  const position = decodeCursor(cursor, 2);
  if (!position) return null;
  const [time = '', id = ''] = position;
  return { at: decodeMoment(time), id };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function jobView(job: ListedJob): z.input<typeof ledgerJobSchema> {
  const { id, pair, service, origin, ran, state, crossed, why, object, bytesOver, results, settled } = job;
  return {
    id,
    pair,
    service,
    origin,
    ran,
    state,
    crossed,
    why,
    object,
    submittedAt: new Date(job.submittedAt).toISOString(),
    startedAt: iso(job.startedAt),
    finishedAt: iso(job.finishedAt),
    hops: hopsOf({ ...job, origin: origin.id, ran: ran.id }),
    bytesOver,
    seen: job.seen.map(({ cluster, name, state: was }) => ({ cluster, name, state: was })),
    results,
    settled,
  };
}

function placementView({ runs, why, withinSeconds, cluster, needs, sides }: Placement): z.input<typeof placementSchema> {
  const shown = ({ id, name, region }: NonNullable<Placement['cluster']>) => ({ id, name, region });
  return {
    runs,
    why,
    withinSeconds,
    cluster: cluster && shown(cluster),
    needs,
    sides: sides.map(({ side, cluster: one, status, room, problem }) => ({
      side,
      cluster: shown(one),
      room,
      free: status?.mostFree ?? null,
      problem,
    })),
  };
}
