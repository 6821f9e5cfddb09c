import { actOnStrays, lookNow } from '@/lib/keeping/strays/act';
import { listStrays } from '@/lib/keeping/strays/list';
import { type StraysView, strayActionSchema, straysSchema } from '../contract/strays';
import { route } from '../http/route';
import { problemView } from '../views';

/** What was left over of deployments at sites. */
export const strayRoutes = [
  route(
    {
      method: 'GET',
      path: '/strays',
      access: 'signed-in',
      summary:
        'What stands in your projects, was surely made for a deployment of yours, and is had by none; and what your deployments have lost. As it was at the last look, once a day',
      answers: { 200: straysSchema },
    },
    async ({ person, services }) => ({ body: viewOf(await listStrays(services, person.id)) }),
  ),
  route(
    {
      method: 'POST',
      path: '/strays/look',
      access: 'signed-in',
      limit: { name: 'stray-looks', most: 12, seconds: 600 },
      summary: 'Have your projects looked through now',
      answers: { 202: null },
    },
    async ({ person, services }) => {
      await lookNow(services, person.id);
      return { status: 202 };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/strays/actions',
      access: 'signed-in',
      limit: { name: 'stray-actions', most: 120, seconds: 600 },
      summary:
        'Destroy some of them, with what is stored on them, have them ignored, heed them again, or let their deployment take them up. One that is destroyed is `gone` when its site’s own list does not show it any more',
      body: strayActionSchema,
      answers: { 202: null },
    },
    async ({ person, body, services }) => {
      await actOnStrays(services, person.id, body.action, body.ids);
      return { status: 202 };
    },
  ),
];

function viewOf({ strays, lost, looks }: Awaited<ReturnType<typeof listStrays>>): StraysView {
  return {
    items: strays.map(({ foundAt, goneAt, deployment, problem, ...stray }) => ({
      ...stray,
      deployment: { ...deployment, deletedAt: deployment.deletedAt?.toISOString() ?? null },
      problem: problemView(problem),
      foundAt: foundAt.toISOString(),
      goneAt: goneAt?.toISOString() ?? null,
    })),
    lost: lost.map(({ since, ...part }) => ({ ...part, since: since.toISOString() })),
    looks: looks.map(({ at, problem, ...look }) => ({ ...look, at: at?.toISOString() ?? null, problem: problemView(problem) })),
  };
}
