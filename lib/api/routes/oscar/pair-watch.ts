import { readPair } from '@/lib/workloads/pairs/rows';
import { forgetToken, keepToken } from '@/lib/workloads/pairs/token';
import { advisePair } from '@/lib/workloads/pairs/watch/advice';
import { beginDrain, endDrain } from '@/lib/workloads/pairs/watch/drain';
import { pairEvents } from '@/lib/workloads/pairs/watch/events';
import { setThreshold } from '@/lib/workloads/pairs/watch/set-threshold';
import { listOf } from '../../contract/common';
import {
  changePairSchema,
  drainPairSchema,
  drillPairSchema,
  newPairQuerySchema,
  pairChangeSchema,
  pairEventSchema,
  pairSchema,
  pairTokenSchema,
  thresholdAdviceSchema,
  thresholdQuerySchema,
} from '../../contract/pairs';
import { route } from '../../http/route';
import { pairView } from '../../pair-views';

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
      body: drillPairSchema,
      answers: { 200: pairSchema },
    },
    async ({ person, params, body, services }) => {
      await beginDrain(services, person.id, params.id, { ...body, side: 'origin', drill: true });
      return { body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/pairs/{id}/token',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary:
        'Have the refresh token of a pair kept, sealed, whose origin is of 4.1: with it the pair is proved at night, and its origin can be drained. It is never shown',
      body: pairTokenSchema,
      answers: { 200: pairSchema },
    },
    async ({ person, params, body, services }) => {
      await keepToken(services, person.id, params.id, body.refreshToken);
      return { body: pairView(await readPair(services, person.id, params.id)) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/pairs/{id}/token',
      access: 'signed-in',
      of: 'pair',
      limit: changing,
      summary: 'Forget the refresh token of a pair',
      answers: { 200: pairSchema },
    },
    async ({ person, params, services }) => {
      await forgetToken(services, person.id, params.id);
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
      body: {
        changes: await setThreshold(services, person.id, params.id, body.thresholdSeconds, {
          dryRun: query.dryRun === 'true',
          refreshToken: body.refreshToken,
        }),
      },
    }),
  ),
];
