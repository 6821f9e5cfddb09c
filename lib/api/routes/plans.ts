import { z } from 'zod';
import { orderDeployment } from '@/lib/deploying/requests/order';
import { beginMatch, tellMatch, wholeMatch } from '@/lib/proposing/match';
import { makePlan } from '@/lib/proposing/plan';
import { placeOfZone } from '@/lib/sites';
import { listOf } from '../contract/common';
import { newDeploymentSchema, planRequestSchema, planViewSchema } from '../contract/deployments';
import { matchItemSchema, matchRequestSchema, rankingSchema } from '../contract/sites';
import { jsonLines, wantsLines } from '../http/json-lines';
import { rangeOf } from '../http/own-range';
import { route } from '../http/route';
import { planView } from '../plan-view';

const nearSchema = z.object({
  /** `<latitude>,<longitude>` in degrees, from where distances count */
  near: z
    .string()
    .regex(/^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?$/, 'Use latitude,longitude in degrees')
    .optional(),
  /** the same by an IANA time zone (`Europe/Madrid`): from the city that it is named after */
  zone: z.string().max(60).optional(),
});

/** A form asks for both with every answer that settles; each may ask sites, and takes the work of a plan. */
const limits = {
  match: { name: 'matches', most: 120, seconds: 60 },
  plan: { name: 'plans', most: 120, seconds: 60 },
  deploy: { name: 'deployments', most: 60, seconds: 60 },
};

/** From what a person wants to a plan, and to a deployment. */
export const planRoutes = [
  route(
    {
      method: 'POST',
      path: '/sites/match',
      access: 'signed-in',
      limit: limits.match,
      readOnly: true,
      summary:
        'All sites ranked for a recipe with its inputs, with reasons; where Accept asks for application/x-ndjson, the whole ranking again whenever more sites have told',
      query: nearSchema,
      body: matchRequestSchema,
      answers: { 200: listOf(matchItemSchema) },
      lines: rankingSchema,
    },
    async ({ person, query, body, services, ...call }) => {
      const [lat, lon] = query.near?.split(',').map(Number) ?? [];
      const origin = lat === undefined || lon === undefined ? placeOfZone(query.zone ?? '') : { lat, lon };
      const match = await beginMatch(services, person, body, origin);
      return wantsLines(call.request)
        ? jsonLines(call, (say) => tellMatch(match, say))
        : { body: { items: await wholeMatch(match), next: null } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/plans',
      access: 'signed-in',
      limit: limits.plan,
      readOnly: true,
      summary: 'What a deployment would create, with all that stands against it; nothing is created',
      body: planRequestSchema,
      answers: { 200: planViewSchema },
    },
    async ({ person, body, services, request }) => ({
      body: planView(await makePlan(services, person, { ...body, ownRange: rangeOf(request, services) })),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/deployments',
      access: 'signed-in',
      limit: limits.deploy,
      summary: 'Deploy',
      body: newDeploymentSchema,
      answers: { 202: z.object({ id: z.string() }) },
    },
    async ({ person, body: { expiresAt, ...wish }, services, request }) => {
      const ends = expiresAt === undefined ? undefined : new Date(expiresAt);
      const { id } = await orderDeployment(services, person, { ...wish, expiresAt: ends, ownRange: rangeOf(request, services) });
      return { status: 202, body: { id }, headers: { location: `/api/v1/deployments/${id}` } };
    },
  ),
];
