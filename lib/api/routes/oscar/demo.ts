import { beginDemo, endDemo, readDemo } from '@/lib/workloads/demo/demo';
import { demoSchema } from '../../contract/demo';
import { route } from '../../http/route';

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
const beginning = { name: 'demos', most: 20, seconds: 600 };

/** The guided tour of a job that crosses, in the sandbox. What it does, it does by the routes of clusters, services and pairs. */
export const demoRoutes = [
  route(
    {
      method: 'GET',
      path: '/demo',
      access: 'signed-in',
      limit: reading,
      summary: 'Whether the guided tour can be taken here, and whether yours stands',
      answers: { 200: demoSchema },
    },
    async ({ person, services }) => ({ body: { available: services.config.sandbox, stands: await readDemo(services, person.id) } }),
  ),
  route(
    {
      method: 'POST',
      path: '/demo',
      access: 'signed-in',
      limit: beginning,
      summary: 'Begin the guided tour: the two clusters that the sandbox has for it are yours until it ends',
      answers: { 201: demoSchema },
    },
    async ({ person, services }) => ({ status: 201, body: { available: true, stands: await beginDemo(services, person) } }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/demo',
      access: 'signed-in',
      limit: beginning,
      summary: 'End the guided tour: all that it made goes, and its clusters',
      answers: { 204: null },
    },
    async ({ person, services }) => {
      await endDemo(services, person.id);
      return {};
    },
  ),
];
