import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { acceptBatch, readBundle } from '@/lib/deploying/nodes/agent';
import { checkAdmission, checkAgent } from '@/lib/deploying/nodes/authenticate';
import { introduce } from '@/lib/deploying/nodes/introduce';
import { checkQueue, hearQueue } from '@/lib/deploying/nodes/queue';
import { batchAnswerSchema, batchSchema, bundleSchema, identitySchema, queueReportSchema } from '@/lib/nodes/protocol';
import { type Knock, route } from '../http/route';

const nodeToken = z.string().regex(/^Bearer [A-Za-z0-9._~+/=-]{8,1000}$/);

// Whoever is none of its agents is sent away first: only a node's own requests are counted as its.
async function isNode({ services: { ports }, params: { nodeId = '' }, request }: Knock): Promise<(bytes: number) => void> {
  await checkAgent(ports, nodeId, tokenOf(request));
  ports.pace.take(nodeId);
  return (bytes) => ports.pace.count(nodeId, bytes);
}

async function isAdmitted({ services: { ports }, params: { nodeId = '' }, request }: Knock): Promise<(bytes: number) => void> {
  await checkAdmission(ports, nodeId, tokenOf(request));
  ports.pace.take(nodeId);
  return (bytes) => ports.pace.count(nodeId, bytes);
}

async function isQueue({ services: { ports }, params: { nodeId = '', group = '' }, request }: Knock): Promise<(bytes: number) => void> {
  await checkQueue(ports, nodeId, group, tokenOf(request));
  ports.pace.take(nodeId);
  return (bytes) => ports.pace.count(nodeId, bytes);
}

/** What nodes say and fetch, each with its own token. */
export const agentRoutes = [
  route(
    {
      method: 'POST',
      path: '/agent/{nodeId}',
      access: 'node',
      knock: isNode,
      cleans: true,
      summary: 'A node’s agent reports',
      body: batchSchema,
      answers: { 200: batchAnswerSchema },
    },
    async ({ params, body, request, services }) => ({ body: await acceptBatch(services.ports, params.nodeId, tokenOf(request), body) }),
  ),
  route(
    {
      method: 'POST',
      path: '/agent/{nodeId}/identity',
      access: 'node',
      knock: isAdmitted,
      mostBytes: 4096,
      summary: 'A node’s agent makes itself known, once, with the token of its user data',
      body: identitySchema,
      answers: { 204: null },
    },
    async ({ params, body, request, services }) => {
      await introduce(services.ports, params.nodeId, tokenOf(request), body);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/agent/{nodeId}/queue/{group}',
      access: 'node',
      knock: isQueue,
      mostBytes: 200_000,
      summary: 'A cluster tells what waits for more nodes of a group, with the token of that group’s queue',
      body: queueReportSchema,
      answers: { 204: null },
    },
    async ({ params, body, request, services }) => {
      await hearQueue(services.ports, params.nodeId, params.group, tokenOf(request), body);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/agent/{nodeId}/bundle',
      access: 'node',
      knock: isNode,
      summary: 'The steps that a node can run, until it is ready',
      query: z.object({ have: z.coerce.number().int().min(0).max(1000).optional() }),
      answers: { 200: bundleSchema },
    },
    async ({ params, query, request, services }) => {
      const bundle = await readBundle(services.ports, params.nodeId, tokenOf(request), query.have);
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
