import { setTimeout as sleep } from 'node:timers/promises';
import { listPairs } from '@/lib/workloads/pairs/elsewhere';
import { establishPair } from '@/lib/workloads/pairs/establish';
import { exportOfPair } from '@/lib/workloads/pairs/export-of';
import { proposePair } from '@/lib/workloads/pairs/plan';
import { provePair } from '@/lib/workloads/pairs/proof';
import { removePair } from '@/lib/workloads/pairs/remove';
import { readPair } from '@/lib/workloads/pairs/rows';
import { standingOf } from '@/lib/workloads/pairs/standing';
import { listOf } from '../../contract/common';
import {
  newPairQuerySchema,
  newPairSchema,
  pairPlanSchema,
  pairSchema,
  pairStatusSchema,
  provePairSchema,
  removePairQuerySchema,
} from '../../contract/pairs';
import { exportServiceQuerySchema } from '../../contract/services';
import { route } from '../../http/route';
import { asTextFile } from '../../http/text-file';
import { pairView, planView } from '../../pair-views';

const changing = { name: 'change-services', most: 240, seconds: 600 };
const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
/** Longer than that, proxies on the way may give up. */
const PATIENCE_MS = 45_000;

/** Services that stand on two clusters, of which one takes what the other has no room for. */
export const pairRoutes = [
  route(
    {
      method: 'GET',
      path: '/pairs',
      access: 'signed-in',
      limit: reading,
      summary: 'Your pairs: those made here, the oldest first, and those that the definitions on your clusters tell of',
      answers: { 200: listOf(pairSchema) },
    },
    async ({ person, services }) => ({ body: { items: (await listPairs(services, person.id)).map(pairView), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/pairs',
      access: 'signed-in',
      limit: changing,
      mostBytes: 4 * 1024 * 1024,
      summary:
        'Make a pair: a service on two of your clusters, where the first hands on what waits too long. With `dryRun=true` it says what would be done and what stands against it on each side, and does nothing. What fails half-way is taken back',
      query: newPairQuerySchema,
      body: newPairSchema,
      answers: { 200: pairPlanSchema, 201: pairSchema },
    },
    async ({ person, query, body, services }) => {
      if (query.dryRun === 'true') return { status: 200, body: planView(await proposePair(services, person.id, body)) };
      const pair = await establishPair(services, person.id, body);
      return { status: 201, body: pairView(pair), headers: { location: `/api/v1/pairs/${pair.id}` } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/pairs/{id}',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary: 'One pair, as it is kept here, and how far its last proof has come',
      answers: { 200: pairSchema },
    },
    async ({ person, params, services }) => ({ body: pairView(await readPair(services, person.id, params.id)) }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/pairs/{id}',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary: 'Take a pair out: both services go with their buckets and all that is in them, or stay, each for itself (`keep=true`)',
      query: removePairQuerySchema,
      answers: { 204: null },
    },
    async ({ person, params, query, services }) => {
      await removePair(services, person.id, params.id, query.keep === 'true');
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/pairs/{id}/status',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary: 'How a pair is on both sides, as the clusters say now, and whether a rule of where data may go came since that it breaks',
      answers: { 200: pairStatusSchema },
    },
    async ({ person, params, services }) => ({ body: await standingOf(services, person.id, params.id) }),
  ),
  route(
    {
      method: 'POST',
      path: '/pairs/{id}/proof',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary:
        'Prove that a job crosses and that its result is on both sides, by a service that is made for it and taken away again. Answers with the time of each hop; `202` where it takes longer, then the pair tells',
      body: provePairSchema,
      answers: { 200: pairSchema, 202: pairSchema },
    },
    async ({ person, params, body, services }) => {
      const proving = provePair(services, person.id, params.id, body);
      const ended = await Promise.race([proving.then(() => true), sleep(PATIENCE_MS, false)]);
      // it notes by itself how it ends
      proving.catch(() => undefined);
      return { status: ended ? 200 : 202, body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/pairs/{id}/export',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary:
        'All that makes a pair, follows it and takes it out, as FDL, for oscar-cli, curl or oscar-python; no password, token or key is in it',
      query: exportServiceQuerySchema,
      answers: { 200: 'stream' },
    },
    async ({ person, params, query, services, requestId }) =>
      asTextFile(await exportOfPair(services, person.id, params.id, query.as), requestId),
  ),
];
