import { notFound } from '@/lib/core/problems';
import type { OscarService, ServiceDeployment } from '@/lib/oscar/types';
import { type OpenCluster, openCluster } from '../clusters/open';
import type { WorkloadPorts } from '../types';
import { clusterIdFor } from './change';
import type { Export, ExportForm } from './export-words';
import { exportService } from './exports';
import { givenOf } from './wish';

/** The services of a cluster that one may see, by name. */
export async function listServices(ports: WorkloadPorts, userId: string, id: string): Promise<OscarService[]> {
  const { client } = await openCluster(ports, userId, id, 'list services');
  return (await client.services()).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** A service on an open cluster. @throws AppError `not-found` */
export async function needService({ client }: OpenCluster, name: string): Promise<OscarService> {
  const service = await client.service(name);
  if (!service) throw notFound('service');
  return service;
}

/** One service, and how its long-running part is where it has one. */
export async function readService(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  name: string,
): Promise<{ service: OscarService; deployment: ServiceDeployment | null }> {
  const open = await openCluster(ports, userId, id, 'show a service');
  const service = await needService(open, name);
  const deployment = service.exposed && open.client.abilities.deployments ? await open.client.deployment(name) : null;
  return { service, deployment };
}

/** All that one does with a service, for a program of one's own. */
export async function exportOf(ports: WorkloadPorts, userId: string, id: string, name: string, form: ExportForm): Promise<Export> {
  const open = await openCluster(ports, userId, id, 'export a service');
  const service = await needService(open, name);
  return exportService(form, givenOf(service), open.cluster, clusterIdFor(open.cluster, service), service.owner);
}
