import { newSiteSchema, patchSiteSchema, siteSchema } from '../contract/sites';
import { route } from '../http/route';
import { addSite, changeSite, removeSite } from '../own-sites';

/** Sites that a person adds: theirs alone. */
export const ownSiteRoutes = [
  route(
    {
      method: 'POST',
      path: '/sites',
      access: 'signed-in',
      summary: 'Add a site of your own; its address is tried first, and only you see it',
      body: newSiteSchema,
      answers: { 201: siteSchema },
    },
    async ({ person, body, services }) => {
      const site = await addSite(services, person, body);
      return { status: 201, body: site, headers: { location: `/api/v1/sites/${site.id}` } };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/sites/{id}',
      access: 'signed-in',
      summary: 'Change a site of your own; `null` takes a value away',
      body: patchSiteSchema,
      answers: { 200: siteSchema },
    },
    async ({ person, params, body, services }) => ({ body: await changeSite(services, person, params.id, body) }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/sites/{id}',
      access: 'signed-in',
      summary: 'Delete a site of your own and your credentials for it; refused while deployments stand there',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeSite(services, person, params.id);
      return {};
    },
  ),
];
