import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import { tidyText } from '@/lib/core/text';
import type { OscarService } from '@/lib/oscar/types';
import { whileAlone } from '../clusters/one-at-a-time';
import { type OpenCluster, openCluster } from '../clusters/open';
import { mayBeDone } from '../may-be-done';
import { type ServiceChange, serviceChange } from '../service-diff';
import type { Cluster, WorkloadPorts } from '../types';
import { type GivenService, serviceFaults, wishOf } from './wish';

/** What making or changing a service would do, and what stands against it. */
interface ServicePlan {
  change: ServiceChange;
  faults: FieldProblem[];
}

/** OSCAR's name for a cluster in definitions: of a service that is there the one it has. Pure. */
export function clusterIdFor(cluster: Pick<Cluster, 'name'>, there: OscarService | null): string {
  if (there?.clusterId) return there.clusterId;
  const plain = cluster.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '').slice(0, 40) || 'oscar';
}

/** Says what making or changing a service would do. Nothing is made. @throws AppError as the cluster */
export async function planService(ports: WorkloadPorts, userId: string, id: string, given: GivenService): Promise<ServicePlan> {
  const open = await openCluster(ports, userId, id, 'plan a service');
  const { there, faults } = await judge(open, given);
  return { change: serviceChange(there, wishOf(given, clusterIdFor(open.cluster, there)), there?.owner ?? ''), faults };
}

/**
 * Makes a service, or changes the one that is there. A lost answer is followed by a look: what was done counts.
 * @param replace whether one that is there may be changed
 * @throws AppError `invalid-input` at its fields, `conflict`, `upstream-refused` where it was changed but not on the clusters that it hands work to; as the cluster
 */
export async function putService(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  given: GivenService,
  replace: boolean,
): Promise<{ service: OscarService; made: boolean }> {
  const open = await openCluster(ports, userId, id, 'change a service');
  const { client, cluster } = open;
  return await whileAlone(ports, cluster, async () => {
    const { there, faults } = await judge(open, given);
    if (faults.length > 0) throw invalidInput(faults);
    if (there && !replace) throw isThere(given.name);
    const wish = wishOf(given, clusterIdFor(cluster, there));
    let said: string | null = null;
    try {
      if (there) said = await client.updateService(wish, there);
      else await client.createService(wish);
    } catch (error) {
      // whether it was done although its answer was lost, only a look tells
      const now = mayBeDone(error) ? await client.service(given.name).catch(() => null) : null;
      // what a secret is, a cluster never tells: of one that was there already, none says which it has now
      const hidden = there !== null && Object.values(given.secrets).some((value) => value !== '');
      if (!now || hidden || serviceChange(now, wish, now.owner).kind !== 'none') throw error;
      return { service: now, made: there === null };
    }
    if (said !== null) throw notEverywhere(given.name, said);
    const service = await client.service(given.name);
    if (!service) throw notFound('service');
    return { service, made: there === null };
  });
}

/** Removes a service with its buckets. @throws AppError `not-found`; as the cluster */
export async function removeService(ports: WorkloadPorts, userId: string, id: string, name: string): Promise<void> {
  const { client, cluster } = await openCluster(ports, userId, id, 'remove a service');
  const gone = await whileAlone(ports, cluster, async () => {
    try {
      return await client.deleteService(name);
    } catch (error) {
      if (!mayBeDone(error) || (await client.service(name)) !== null) throw error;
      return true;
    }
  });
  if (!gone) throw notFound('service');
}

async function judge({ client }: OpenCluster, given: GivenService): Promise<{ there: OscarService | null; faults: FieldProblem[] }> {
  // a name that is none is not asked for
  const wellNamed = /^[a-z0-9-]{1,63}$/.test(given.name);
  const [config, there, buckets] = await Promise.all([
    client.config(),
    wellNamed ? client.service(given.name) : null,
    client.abilities.buckets ? client.buckets() : null,
  ]);
  const { allowedImages, groups } = config;
  // asked only where it matters
  const volumes = !config.volumes ? null : given.volume ? (await client.volumes()).map(({ name }) => name) : [];
  return { there, faults: serviceFaults(given, { allowedImages, groups, buckets, volumes, there, traps: client.abilities }) };
}

function notEverywhere(name: string, said: string): AppError {
  return new AppError({
    code: 'upstream-refused',
    title: `“${name}” was changed here, but not everywhere`,
    detail: 'Clusters that it hands work to did not take the change, and go on with what they had.',
    remedy: 'Check that they answer and take your sign-in, then save it once more.',
    upstream: { service: 'oscar', message: tidyText(said).slice(0, 500) },
  });
}

function isThere(name: string): AppError {
  const message = `There is a service “${name}” on this cluster.`;
  return new AppError({
    code: 'conflict',
    title: 'A service of that name is there already',
    detail: message,
    remedy: 'Look at what would change and change that one, or choose another name.',
    fields: [{ path: 'name', message }],
  });
}
