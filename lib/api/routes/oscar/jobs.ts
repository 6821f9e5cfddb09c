import { listJobs, readLog, removeJob, runNow, startJob } from '@/lib/workloads/services/jobs';
import { watchedJobs } from '@/lib/workloads/services/watched-jobs';
import { listOf } from '../../contract/common';
import { jobSchema, jobsQuerySchema, ranSchema, runServiceSchema, startJobSchema } from '../../contract/services';
import { common } from '../../http/reply';
import { route } from '../../http/route';

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
/** A screen that looks on asks about each second, and a person may have several. */
const following = { name: 'follow-jobs', most: 6000, seconds: 600 };
const starting = { name: 'start-jobs', most: 600, seconds: 600 };

/** Jobs of services on OSCAR clusters. */
export const jobRoutes = [
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services/{name}/jobs',
      access: 'signed-in',
      of: 'cluster',
      limit: following,
      summary:
        'The jobs of a service, the newest of a page first, and why each waits that does. With `watch=true` all who look on share what was read within the last moment',
      query: jobsQuerySchema,
      answers: { 200: listOf(jobSchema) },
    },
    async ({ person, params, query, services }) => {
      const { cursor, watch } = query;
      const shared = watch === 'true' && cursor === undefined;
      const { jobs, next } = shared
        ? await watchedJobs(services, person.id, params.id, params.name)
        : await listJobs(services, person.id, params.id, params.name, cursor);
      return { body: { items: jobs, next } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/services/{name}/jobs',
      access: 'signed-in',
      of: 'cluster',
      limit: starting,
      summary: 'Start a job with an event of your own',
      body: startJobSchema,
      answers: { 202: null },
    },
    async ({ person, params, body, services }) => {
      await startJob(services, person.id, params.id, params.name, body.event);
      return { status: 202 };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/services/{name}/jobs/{job}/log',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'What a job has printed so far',
      answers: { 200: 'stream' },
    },
    async ({ person, params, services, requestId }) => {
      const log = await readLog(services, person.id, params.id, params.name, params.job);
      return new Response(log, { headers: { ...common, 'content-type': 'text/plain; charset=utf-8', 'x-request-id': requestId } });
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/services/{name}/jobs/{job}',
      access: 'signed-in',
      of: 'cluster',
      limit: starting,
      summary: 'Remove a job with its log; one that runs is ended',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeJob(services, person.id, params.id, params.name, params.job);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/services/{name}/run',
      access: 'signed-in',
      of: 'cluster',
      limit: starting,
      summary: 'Run a service while you wait, where the cluster has synchronous calls',
      body: runServiceSchema,
      answers: { 200: ranSchema },
    },
    async ({ person, params, body, services }) => ({ body: await runNow(services, person.id, params.id, params.name, body.input) }),
  ),
];
