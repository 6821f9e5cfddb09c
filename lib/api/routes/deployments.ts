import { z } from 'zod';
import { checkMaySeeSecrets, checkRecentSignIn } from '@/lib/auth/recent';
import { readOutputs } from '@/lib/deploying/nodes/outputs';
import { changeDeployment } from '@/lib/deploying/requests/change';
import { previewDeletion } from '@/lib/deploying/requests/deletion';
import { requestDrain } from '@/lib/deploying/requests/drain';
import { placeElsewhere } from '@/lib/deploying/requests/place-elsewhere';
import { requestAction } from '@/lib/deploying/requests/request-action';
import { beginChange } from '@/lib/deploying/requests/update/begin';
import { NOW_MS } from '@/lib/desk/site-facts';
import { handOver } from '@/lib/keeping/credentials';
import { listOf, listQuerySchema } from '../contract/common';
import { deploymentHandOverSchema, handedOverSchema } from '../contract/credentials';
import { deletionQuerySchema, deletionSchema } from '../contract/deletion';
import { changePreviewSchema, patchDeploymentSchema, versionSchema } from '../contract/deployment-changes';
import {
  accessSchema,
  actionSchema,
  deploymentQuerySchema,
  deploymentSchema,
  deploymentSummarySchema,
  elsewhereSchema,
  nodeViewSchema,
  outputViewSchema,
  planViewSchema,
  resourceViewSchema,
} from '../contract/deployments';
import { elasticSchema } from '../contract/elastic';
import { readAccess } from '../deployments/access';
import { previewOf, proposed, readVersions } from '../deployments/change';
import { elasticView } from '../deployments/elastic';
import { listDeployments } from '../deployments/list';
import { readNodes, readResources } from '../deployments/parts';
import { readStored } from '../deployments/stored';
import { deploymentView } from '../deployments/view';
import { signingIn } from '../http/limits';
import { rangeOf } from '../http/own-range';
import { pageOf } from '../http/paging';
import { route } from '../http/route';
import { planView } from '../plan-view';

/** The deployments of a person: read, acted on, deleted. */
export const deploymentRoutes = [
  route(
    {
      method: 'GET',
      path: '/deployments',
      access: 'signed-in',
      summary: 'Your deployments, the newest first',
      query: listQuerySchema.extend(deploymentQuerySchema.shape),
      answers: { 200: listOf(deploymentSummarySchema) },
    },
    async ({ person, query, services }) => ({ body: await listDeployments(services, person.id, query) }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}',
      access: 'signed-in',
      of: 'deployment',
      summary: 'One deployment',
      answers: { 200: deploymentSchema },
    },
    async ({ params, services }) => ({
      body: await deploymentView(services, await readStored(services, params.id)),
    }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/deployments/{id}',
      access: 'signed-in',
      of: 'deployment',
      limit: { name: 'changes', most: 120, seconds: 60 },
      summary:
        'Change a deployment: its name, its end, when it is stopped and started by the clock, how many nodes it has and which go, its inputs, or back to an earlier version; with dryRun=true nothing is done, and the answer says what would be',
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: patchDeploymentSchema,
      answers: { 200: z.union([deploymentSchema, changePreviewSchema]) },
    },
    async ({ person, params, query, body, request, services }) => {
      const row = await readStored(services, params.id);
      const isDry = query.dryRun === 'true';
      const proposal = await proposed(services, person, row, { ...body, ownRange: rangeOf(request, services) }, isDry ? undefined : NOW_MS);
      if (isDry) return { body: proposal ? previewOf(proposal, row) : await deploymentView(services, row) };
      const { name, expiresAt, schedule, confirm, revision = row.revision } = body;
      const also = { name, expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt, schedule };
      const by = { id: person.id, name: person.name };
      if (proposal) await beginChange(services.ports, params.id, proposal, { by, confirm, revision, also });
      else await changeDeployment(services.ports, params.id, also);
      return { body: await deploymentView(services, await readStored(services, params.id)) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/versions',
      access: 'signed-in',
      of: 'deployment',
      summary: 'What was asked for of it, each time that it was changed, the newest first',
      query: listQuerySchema,
      answers: { 200: listOf(versionSchema) },
    },
    async ({ params, query, services }) => ({ body: pageOf(await readVersions(services, await readStored(services, params.id)), query) }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/elastic',
      access: 'signed-in',
      of: 'deployment',
      summary: 'Its groups whose nodes come and go by their queue: how many there may be, what waits, and what was decided last and why',
      answers: { 200: elasticSchema },
    },
    async ({ params, services }) => ({ body: await elasticView(services, await readStored(services, params.id)) }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/deletion',
      access: 'signed-in',
      of: 'deployment',
      limit: { name: 'deletions', most: 60, seconds: 60 },
      summary: 'What its clusters have made at its sites, which goes with it, and what is at it and stays; its sites are asked',
      answers: { 200: deletionSchema },
    },
    async ({ params, services }) => ({ body: await previewDeletion(services.ports, params.id) }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/deployments/{id}',
      access: 'signed-in',
      of: 'deployment',
      summary:
        'Delete a deployment with all it has created; it is deleted when every site shows nothing of it. With claims=delete, volumes that its clusters made for claims go too: confirm is then its name',
      query: deletionQuerySchema,
      answers: { 202: z.object({ id: z.string() }) },
    },
    async ({ params, query: { claims, confirm }, services }) => {
      await requestAction(services.ports, params.id, { action: 'delete', ...(claims === 'delete' && { claims: { confirm } }) });
      return { status: 202, body: { id: params.id } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/deployments/{id}/actions',
      access: 'signed-in',
      of: 'deployment',
      summary: 'Stop, start, reboot, retry, set up again, drain nodes that stay, or cancel',
      body: actionSchema,
      answers: { 202: z.object({ id: z.string() }) },
    },
    async ({ person, params, body: { action, jobs, nodes, from }, services }) => {
      if (action === 'drain' || action === 'resume')
        await requestDrain(services, person, await readStored(services, params.id), { action, nodes: nodes ?? [], way: jobs });
      else await requestAction(services.ports, params.id, { action, nodes, from });
      return { status: 202, body: { id: params.id } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/deployments/{id}/placement',
      access: 'signed-in',
      of: 'deployment',
      limit: { name: 'moves', most: 20, seconds: 60 },
      summary: 'Place a part that failed at another site; the other parts stand',
      body: elsewhereSchema,
      answers: { 202: z.object({ id: z.string() }) },
    },
    async ({ person, params, body, services }) => {
      await placeElsewhere(services, person, params.id, body);
      return { status: 202, body: { id: params.id } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/deployments/{id}/hand-over',
      access: 'signed-in',
      of: 'deployment',
      limit: signingIn,
      summary: 'Have it act by another credential of the same project, whatever its state; what stopped for want of a good one goes on',
      body: deploymentHandOverSchema,
      answers: { 200: handedOverSchema },
    },
    async ({ person, params, body, services }) => ({
      body: { deployments: await handOver(services, person, { ...body, deployment: params.id }) },
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/resources',
      access: 'signed-in',
      of: 'deployment',
      summary: 'Its resources at the sites',
      query: listQuerySchema,
      answers: { 200: listOf(resourceViewSchema) },
    },
    async ({ params, query, services }) => ({
      body: pageOf(await readResources(services, await readStored(services, params.id)), query),
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/nodes',
      access: 'signed-in',
      of: 'deployment',
      summary: 'Its nodes with their steps',
      query: listQuerySchema,
      answers: { 200: listOf(nodeViewSchema) },
    },
    async ({ params, query, services }) => ({
      body: pageOf(await readNodes(services, await readStored(services, params.id)), query),
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/outputs',
      access: 'signed-in',
      of: 'deployment',
      summary: 'What it gives: addresses, links, and (with reveal=true, which is noted) secrets',
      query: z.object({ reveal: z.enum(['true', 'false']).default('false') }),
      answers: { 200: listOf(outputViewSchema) },
    },
    async ({ person, params, query, services }) => {
      if (query.reveal === 'true') {
        checkMaySeeSecrets(person);
        checkRecentSignIn(person, services.config, services.clock, 'see secrets');
      }
      return { body: { items: await readOutputs(services.ports, params.id, query.reveal === 'true'), next: null } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/plan',
      access: 'signed-in',
      of: 'deployment',
      summary: 'The plan that it was made from',
      answers: { 200: planViewSchema },
    },
    async ({ params, services }) => {
      const { plan, request } = await readStored(services, params.id);
      return { body: planView({ plan, request, facts: {} }) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/access',
      access: 'signed-in',
      of: 'deployment',
      summary: 'How to reach its nodes by SSH',
      answers: { 200: accessSchema },
    },
    async ({ params, services }) => ({ body: await readAccess(services, await readStored(services, params.id)) }),
  ),
];
