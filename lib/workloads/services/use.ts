import { notFound } from '@/lib/core/problems';
import type { ServiceUse } from '@/lib/oscar/use-calls';
import { openCluster } from '../clusters/open';
import type { WorkloadPorts } from '../types';

const DAY_MS = 86_400_000;

/** What a service used in the last days; `use` is null where the cluster's release tells nothing of it. @throws AppError `not-found` */
export async function useOfService(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  name: string,
  days: number,
): Promise<{ from: string; to: string; use: ServiceUse | null }> {
  const { client } = await openCluster(ports, userId, id, 'show the use of a service');
  const to = ports.clock.now();
  const from = new Date(to.getTime() - days * DAY_MS);
  if (!(await client.service(name))) throw notFound('service');
  const use = client.abilities.operation ? await client.use(name, from, to) : null;
  return { from: from.toISOString(), to: to.toISOString(), use };
}
