import { readPair } from '@/lib/workloads/pairs/rows';
import { advisePair, setThreshold } from '@/lib/workloads/pairs/watch/advice';
import { beginDrain, endDrain } from '@/lib/workloads/pairs/watch/drain';
import { pairEvents } from '@/lib/workloads/pairs/watch/events';
import { listOf } from '../contract/common';
import {
  changePairSchema,
  drainPairSchema,
  newPairQuerySchema,
  pairChangeSchema,
  pairEventSchema,
  pairSchema,
  thresholdAdviceSchema,
  thresholdQuerySchema,
} from '../contract/pairs';
import { route } from '../http/route';
import { pairView } from '../pair-views';

const changing = { name: 'change-services', most: 240, seconds: 600 };
const reading = { name: 'read-clusters', most: 2400, seconds: 600 };

/** How pairs are watched, and work that is moved to one side for a while. */
export const pairWatchRoutes = [
  route(
    {
      method: 'GET',
      path: '/pairs/{id}/events',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary: 'What happened to a pair, the newest first: its worker fell silent and came back, work was moved, a drill ended',
      answers: { 200: listOf(pairEventSchema) },
    },
    async ({ person, params, services }) => ({ body: { items: await pairEvents(services, person.id, params.id), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/pairs/{id}/drain',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary:
        'Leave a side in peace, such as before its maintenance: of the origin all new work goes to the worker; to the worker nothing is handed on',
      body: drainPairSchema,
      answers: { 200: pairSchema },
    },
    async ({ person, params, body, services }) => {
      await beginDrain(services, person.id, params.id, body);
      return { body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/pairs/{id}/drain',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary: 'End a drain or a drill: the pair hands on as before',
      answers: { 200: pairSchema },
    },
    async ({ person, params, services }) => {
      await endDrain(services, person.id, params.id);
      return { body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/pairs/{id}/drill',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary: 'Drain the origin for five minutes; then it hands on as before, and the pair tells what crossed',
      answers: { 200: pairSchema },
    },
    async ({ person, params, services }) => {
      await beginDrain(services, person.id, params.id, { side: 'origin', drill: true });
      return { body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/pairs/{id}/threshold',
      access: 'signed-in',
      of: 'pair',
      limit: reading,
      summary:
        'What is to be said of the seconds after which a job is handed on: against OSCAR’s beat, the time a machine takes, and what was seen',
      query: thresholdQuerySchema,
      answers: { 200: thresholdAdviceSchema },
    },
    async ({ person, params, query, services }) => {
      const { facts, ...advice } = await advisePair(services, person.id, params.id, {
        seconds: query.seconds,
        grow: query.grow === 'true',
      });
      const { preferGrowing: _grow, ...known } = facts;
      return { body: { ...advice, ...known } };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/pairs/{id}',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary: 'Set the seconds after which a job is handed on. With `dryRun=true` it only says what that would change',
      query: newPairQuerySchema,
      body: changePairSchema,
      answers: { 200: pairChangeSchema },
    },
    async ({ person, params, query, body, services }) => ({
      body: { changes: await setThreshold(services, person.id, params.id, body.thresholdSeconds, query.dryRun === 'true') },
    }),
  ),
];
