import { addSite, changeSite, removeSite } from '@/lib/keeping/own-sites';
import { notRevokedSchema } from '../contract/credentials';
import { newSiteSchema, patchSiteSchema, siteSchema } from '../contract/sites';
import { route } from '../http/route';
import { siteView } from '../views';

/** Each reaches out to an address that a person names. */
const limit = { name: 'addresses', most: 30, seconds: 600 };

/** Sites that a person adds: theirs alone. */
export const ownSiteRoutes = [
  route(
    {
      method: 'POST',
      path: '/sites',
      access: 'signed-in',
      limit,
      summary: 'Add a site of your own; its address is tried first, and only you see it',
      body: newSiteSchema,
      answers: { 201: siteSchema },
    },
    async ({ person, body, services }) => {
      const { site, access } = await addSite(services, person, body);
      return { status: 201, body: siteView(site, access), headers: { location: `/api/v1/sites/${site.id}` } };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/sites/{id}',
      access: 'signed-in',
      limit,
      summary: 'Change a site of your own; `null` takes a value away',
      body: patchSiteSchema,
      answers: { 200: siteSchema },
    },
    async ({ person, params, body, services }) => {
      const { site, access } = await changeSite(services, person, params.id, body);
      return { body: siteView(site, access) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/sites/{id}',
      access: 'signed-in',
      summary:
        'Delete a site of your own and your credentials for it; refused while deployments stand there. What Transat made there is revoked; the answer has a body where some of it could not be yet',
      answers: { 200: notRevokedSchema, 204: null },
    },
    async ({ person, params, services }) => {
      const notRevoked = await removeSite(services, person, params.id);
      return notRevoked.length > 0 ? { body: { notRevoked } } : {};
    },
  ),
];
