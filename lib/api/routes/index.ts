import { z } from 'zod';
import { type Route, route } from '../http/route';
import { openApi } from '../openapi';
import { credentialRoutes } from './credentials';
import { peopleRoutes } from './people';
import { recipeRoutes } from './recipes';
import { siteRoutes } from './sites';

const described: Route[] = [...peopleRoutes, ...recipeRoutes, ...siteRoutes, ...credentialRoutes];

/** Every route of the API. */
export const routes: readonly Route[] = [
  ...described,
  route(
    {
      method: 'GET',
      path: '/openapi.json',
      access: 'anyone',
      summary: 'This description',
      answers: { 200: z.record(z.string(), z.unknown()) },
    },
    async ({ services }) => ({ body: openApi(routes, services.config.url) }),
  ),
];
