import type { z } from 'zod';
import type { OscarService } from '@/lib/oscar/types';
import { planService, putService, removeService } from '@/lib/workloads/services/change';
import { fromFdl } from '@/lib/workloads/services/fdl';
import { exportOf, listServices, readService } from '@/lib/workloads/services/read';
import { listOf } from '../../contract/common';
import {
  exportServiceQuerySchema,
  fdlSchema,
  givenServiceSchema,
  oneServiceSchema,
  putServiceQuerySchema,
  servicePlanSchema,
  serviceSchema,
} from '../../contract/services';
import { route } from '../../http/route';
import { asTextFile } from '../../http/text-file';

/** Each is asked of a cluster, and changes there take seconds. */
const changing = { name: 'change-services', most: 240, seconds: 600 };
/** Pages look again and again while they are open, and a form has what it says judged. */
const reading = { name: 'read-clusters', most: 2400, seconds: 600 };

/** Services of OSCAR clusters. */
export const serviceRoutes = [
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'The services of a cluster that you may see there, by name; nothing of them that is secret',
      answers: { 200: listOf(serviceSchema) },
    },
    async ({ person, params, services }) => {
      const found = await listServices(services, person.id, params.id);
      return { body: { items: found.map(serviceView), next: null } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/services',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      mostBytes: 4 * 1024 * 1024,
      summary:
        'Make a service, or change the one of that name (`replace=true`). With `dryRun=true` it says what would change and what the cluster would refuse, and does nothing',
      query: putServiceQuerySchema,
      body: givenServiceSchema,
      answers: { 200: servicePlanSchema.or(serviceSchema), 201: serviceSchema },
    },
    async ({ person, params, query, body, services }) => {
      if (query.dryRun === 'true') {
        const { change, faults } = await planService(services, person.id, params.id, body);
        const changes = 'changes' in change ? change.changes : [];
        return { status: 200, body: { change: change.kind, owner: 'owner' in change ? change.owner : null, changes, faults } };
      }
      const { service, made } = await putService(services, person.id, params.id, body, query.replace === 'true');
      return { status: made ? 201 : 200, body: serviceView(service) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/services/read',
      access: 'signed-in',
      of: 'cluster',
      readOnly: true,
      limit: reading,
      mostBytes: 4 * 1024 * 1024,
      summary: 'What the services of a file of oscar-cli (FDL) are, as POST takes them; nothing is made',
      body: fdlSchema,
      answers: { 200: listOf(givenServiceSchema) },
    },
    async ({ body }) => ({ body: { items: fromFdl(body.fdl).map(known), next: null } }),
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services/{name}',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'One service, and how its long-running part is',
      answers: { 200: oneServiceSchema },
    },
    async ({ person, params, services }) => {
      const { service, deployment } = await readService(services, person.id, params.id, params.name);
      return { body: { ...serviceView(service), deployment } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/services/{name}',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      summary: 'Remove a service with its jobs, its buckets and all that is in them',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeService(services, person.id, params.id, params.name);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services/{name}/export',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'All that one does with a service as FDL, for oscar-cli, curl or oscar-python; no password is in it',
      query: exportServiceQuerySchema,
      answers: { 200: 'stream' },
    },
    async ({ person, params, query, services, requestId }) =>
      asTextFile(await exportOf(services, person.id, params.id, params.name, query.as), requestId),
  ),
];

function serviceView(service: OscarService): z.input<typeof serviceSchema> {
  const { token: _token, definition: _definition, sharing, clusters: _clusters, stores, ...shown } = service;
  return {
    ...shown,
    members: sharing.members.map(({ clusterId, serviceName, url, priority }) => ({
      cluster: clusterId || (url ?? ''),
      service: serviceName,
      priority,
    })),
    delegation: sharing.delegation,
    thresholdSeconds: sharing.thresholdSeconds,
    stores: Object.fromEntries(Object.entries(stores).map(([id, { endpoint }]) => [id, endpoint])),
  };
}

/** What a file says, in the words that POST takes: levels that it does not know count as none. */
function known(given: ReturnType<typeof fromFdl>[number]): z.input<typeof givenServiceSchema> {
  const { logLevel, ...rest } = given;
  const level = givenServiceSchema.shape.logLevel.safeParse(logLevel);
  return { ...rest, logLevel: level.success ? level.data : '' };
}
