import { z } from 'zod';
import { type Route, route } from '../http/route';
import { openApi } from '../openapi';
import { agentRoutes } from './agent';
import { bucketRoutes } from './buckets';
import { clusterRoutes } from './clusters';
import { credentialRoutes } from './credentials';
import { demoRoutes } from './demo';
import { deploymentRoutes } from './deployments';
import { historyRoutes } from './history';
import { jobRoutes } from './jobs';
import { leaseFinderRoutes } from './lease-finder';
import { leaseRoutes } from './leases';
import { ledgerRoutes } from './ledger';
import { localityRoutes } from './locality';
import { operationRoutes } from './operation';
import { ownSiteRoutes } from './own-sites';
import { pairWatchRoutes } from './pair-watch';
import { pairRoutes } from './pairs';
import { peopleRoutes } from './people';
import { planRoutes } from './plans';
import { recipeRoutes } from './recipes';
import { serviceRoutes } from './services';
import { sessionRoutes } from './sessions';
import { siteRoutes } from './sites';
import { strayRoutes } from './strays';
import { tellingRoutes } from './telling';
import { uploadRoutes } from './uploads';
import { volumeRoutes } from './volumes';

const described: Route[] = [
  ...peopleRoutes,
  ...sessionRoutes,
  ...recipeRoutes,
  ...planRoutes,
  ...siteRoutes,
  ...ownSiteRoutes,
  ...credentialRoutes,
  ...deploymentRoutes,
  ...historyRoutes,
  ...strayRoutes,
  ...tellingRoutes,
  // before the paths with an id, which would take theirs
  ...leaseFinderRoutes,
  ...leaseRoutes,
  ...clusterRoutes,
  ...serviceRoutes,
  ...jobRoutes,
  ...bucketRoutes,
  ...uploadRoutes,
  ...volumeRoutes,
  ...operationRoutes,
  ...pairRoutes,
  ...pairWatchRoutes,
  ...ledgerRoutes,
  ...demoRoutes,
  ...localityRoutes,
  ...agentRoutes,
];

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
