import { AppError } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import type { OscarVolume } from '@/lib/oscar/types';
import { type OpenCluster, openCluster } from '../clusters/open';
import { mayBeDone } from '../may-be-done';
import type { WorkloadPorts } from '../types';
import { type NewVolume, newVolumeFaults, refusedVolume } from './new-volume';

/** Your volumes on a cluster, by name. @throws AppError `conflict` where the cluster has none; as the cluster */
export async function listVolumes(ports: WorkloadPorts, userId: string, id: string): Promise<OscarVolume[]> {
  const { client } = await openWithVolumes(ports, userId, id, 'list volumes');
  return (await client.volumes()).toSorted((one, other) => one.name.localeCompare(other.name));
}

/**
 * Makes a volume. A lost answer is followed by a look.
 * @throws AppError `invalid-input`, `conflict` and `quota-exceeded` at their fields
 */
export async function makeVolume(ports: WorkloadPorts, userId: string, id: string, wanted: NewVolume): Promise<void> {
  const { client } = await openWithVolumes(ports, userId, id, 'make a volume');
  const names = async () => (await client.volumes()).map(({ name }) => name);
  const faults = newVolumeFaults(wanted, await names());
  if (faults.length > 0) throw invalidInput(faults);
  try {
    await client.createVolume(wanted);
  } catch (error) {
    if (mayBeDone(error) && (await names().catch((): string[] => [])).includes(wanted.name)) return;
    throw refusedVolume(error, wanted);
  }
}

/**
 * Removes a volume with all that is on it. A lost answer is followed by a look.
 * @throws AppError `not-found`; `conflict` while services mount it
 */
export async function removeVolume(ports: WorkloadPorts, userId: string, id: string, name: string): Promise<void> {
  const { client } = await openWithVolumes(ports, userId, id, 'remove a volume');
  const find = async () => (await client.volumes()).find((one) => one.name === name);
  const there = await find();
  if (!there) throw notFound('volume');
  if (there.mounts.length > 0) throw mounted(there);
  try {
    await client.deleteVolume(name);
  } catch (error) {
    if (mayBeDone(error) && !(await find())) return;
    // a service may have come meanwhile
    const now = await find().catch(() => undefined);
    throw now && now.mounts.length > 0 ? mounted(now) : error;
  }
}

async function openWithVolumes(ports: WorkloadPorts, userId: string, id: string, use: string): Promise<OpenCluster> {
  const open = await openCluster(ports, userId, id, use);
  const { volumes } = await open.client.config();
  if (!volumes) throw none(open.cluster.name);
  return open;
}

function none(cluster: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'This cluster has no volumes',
    detail: `“${cluster}” is of a release before 4.0, or its operator switched them off.`,
    remedy: 'Keep files in a bucket.',
  });
}

function mounted({ name, mounts }: OscarVolume): AppError {
  const services = mounts.map(({ service }) => service).join(', ');
  return new AppError({
    code: 'conflict',
    title: `The volume “${name}” is mounted`,
    detail: `It is in use by: ${services}.`,
    remedy: 'Remove these services first: none gives its volume back while it stands.',
  });
}
