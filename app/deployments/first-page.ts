import { deploymentQueries, listSize } from '@/components/deployments/queries';
import type { Ask } from '../prefetch';

/** The first page of all of a person's deployments, as the lists of them read it. */
export const firstDeployments: Ask = {
  queryKey: deploymentQueries.list({}).queryKey,
  path: '/deployments',
  query: { limit: listSize },
  paged: true,
};
