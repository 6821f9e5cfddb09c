import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { acceptBatch, readBundle } from '@/lib/deploying/nodes/agent';
import { batchAnswerSchema, batchSchema, bundleSchema } from '@/lib/nodes/protocol';
import { route } from '../http/route';

const nodeToken = z.string().regex(/^Bearer [A-Za-z0-9._~+/=-]{8,1000}$/);

/** What nodes say and fetch, each with its own token. */
export const agentRoutes = [
  route(
    {
      method: 'POST',
      path: '/agent/{nodeId}',
      access: 'node',
      summary: 'A node’s agent reports',
      body: batchSchema,
      answers: { 200: batchAnswerSchema },
    },
    async ({ params, body, request, services }) => ({ body: await acceptBatch(services.ports, params.nodeId, tokenOf(request), body) }),
  ),
  route(
    {
      method: 'GET',
      path: '/agent/{nodeId}/bundle',
      access: 'node',
      summary: 'The steps of a node whose user data could not hold them',
      answers: { 200: bundleSchema },
    },
    async ({ params, request, services }) => {
      const bundle = await readBundle(services.ports, params.nodeId, tokenOf(request));
      if (!bundle) throw notFound('bundle');
      return { body: bundle.reveal() };
    },
  ),
];

function tokenOf({ headers }: Request): Secret {
  const given = nodeToken.safeParse(headers.get('authorization'));
  if (given.success) return new Secret(given.data.slice('Bearer '.length));
  throw new AppError({
    code: 'not-signed-in',
    title: 'A node’s token is needed',
    detail: 'This path is for the agent on a node, which sends the token of its node.',
  });
}
