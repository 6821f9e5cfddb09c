import { z } from 'zod';
import { type Route, route } from '../http/route';
import { openApi } from '../openapi';
import { agentRoutes } from './agent';
import { credentialRoutes } from './credentials';
import { deploymentRoutes } from './deployments';
import { historyRoutes } from './history';
import { leaseFinderRoutes } from './lease-finder';
import { leaseRoutes } from './leases';
import { bucketRoutes } from './oscar/buckets';
import { clusterRoutes } from './oscar/clusters';
import { demoRoutes } from './oscar/demo';
import { jobRoutes } from './oscar/jobs';
import { ledgerRoutes } from './oscar/ledger';
import { localityRoutes } from './oscar/locality';
import { operationRoutes } from './oscar/operation';
import { pairWatchRoutes } from './oscar/pair-watch';
import { pairRoutes } from './oscar/pairs';
import { serviceRoutes } from './oscar/services';
import { uploadRoutes } from './oscar/uploads';
import { volumeRoutes } from './oscar/volumes';
import { ownSiteRoutes } from './own-sites';
import { peopleRoutes } from './people';
import { planRoutes } from './plans';
import { recipeRoutes } from './recipes';
import { sessionRoutes } from './sessions';
import { siteRoutes } from './sites';
import { strayRoutes } from './strays';
import { tellingRoutes } from './telling';

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
