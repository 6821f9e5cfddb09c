import { setAllowedImages } from '@/lib/workloads/clusters/allowed-images';
import { changeQuotasOfPerson, quotasOfPerson } from '@/lib/workloads/clusters/people-quotas';
import { listRequests } from '@/lib/workloads/clusters/requests';
import { useOfService } from '@/lib/workloads/services/use';
import { listOf } from '../../contract/common';
import {
  allowedImagesSchema,
  quotaChangeSchema,
  quotaSchema,
  requestSchema,
  requestsQuerySchema,
  useQuerySchema,
  useSchema,
} from '../../contract/operation';
import { route } from '../../http/route';

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
const changing = { name: 'change-services', most: 240, seconds: 600 };

/** What the own user of an OSCAR cluster does for everybody there, and what services used. */
export const operationRoutes = [
  route(
    {
      method: 'PATCH',
      path: '/clusters/{id}/allowed-images',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      summary: 'Say whose images a cluster takes, for everybody there; from 4.0 on, and for its own user alone',
      body: allowedImagesSchema,
      answers: { 200: allowedImagesSchema },
    },
    async ({ person, params, body, services }) => ({
      body: { allowedImages: await setAllowedImages(services, person.id, params.id, body.allowedImages) },
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/people/{person}/quotas',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'What somebody may use of a cluster, by the identifier that it knows them by; for its own user alone',
      answers: { 200: listOf(quotaSchema) },
    },
    async ({ person, params, services }) => ({
      body: { items: await quotasOfPerson(services, person.id, params.id, params.person), next: null },
    }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/clusters/{id}/people/{person}/quotas',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      summary: 'Change what somebody may use of a cluster; for its own user alone',
      body: quotaChangeSchema,
      answers: { 200: listOf(quotaSchema) },
    },
    async ({ person, params, body, services }) => ({
      body: { items: await changeQuotasOfPerson(services, person.id, params.id, params.person, body), next: null },
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/requests',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'Calls of services that a cluster’s log has, the newest first; from 3.6 on, and for its own user alone. No token is in it',
      query: requestsQuerySchema,
      answers: { 200: listOf(requestSchema) },
    },
    async ({ person, params, query, services }) => ({ body: await listRequests(services, person.id, params.id, query.cursor) }),
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services/{name}/use',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'What a service used and was asked for in the last day or week, as far as the cluster counts it; from 4.0 on',
      query: useQuerySchema,
      answers: { 200: useSchema },
    },
    async ({ person, params, query, services }) => ({
      body: await useOfService(services, person.id, params.id, params.name, Number(query.days)),
    }),
  ),
];
