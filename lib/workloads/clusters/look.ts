import { AppError, type Problem } from '@/lib/core/errors';
import { abilitiesOf } from '@/lib/oscar/dialect';
import type { ClusterNode, ClusterStatus, OscarQuota } from '@/lib/oscar/types';
import type { WorkloadPorts } from '../types';
import { openCluster } from './open';
import { type Operation, operationOf } from './own-user';
import { noteLook } from './register';

/** How a cluster is, as it says now. What it did not tell is null. */
interface ClusterLook {
  healthy: boolean;
  version: string;
  dialect: string;
  kubernetes: string | null;
  architecture: string | null;
  /** of synchronous calls; null: there are none */
  serverless: string | null;
  gpu: boolean;
  /** it keeps volumes for people */
  volumes: boolean;
  interLink: boolean;
  /** virtual organisations whose members are let in */
  groups: string[];
  /** prefixes of images that are taken; empty: all are */
  allowedImages: string[];
  /** address of its storage */
  minio: string | null;
  capacity: (Omit<ClusterStatus, 'nodes'> & { nodes: ClusterNode[] }) | null;
  services: number | null;
  /** what you may do for everybody there */
  may: Operation;
  /** what you may use there and use; null: it tells of none */
  quotas: OscarQuota[] | null;
  /** why it did not answer; of one that is healthy, why it did not tell how busy it is */
  problem: Problem | null;
}

/**
 * Asks a cluster how it is. One that does not answer is no error here: the look says so.
 * @throws AppError `not-found`
 */
export async function lookAtCluster(ports: WorkloadPorts, userId: string, id: string): Promise<ClusterLook> {
  const { cluster, client: known } = await openCluster(ports, userId, id, 'look at a cluster');
  const silent: ClusterLook = {
    healthy: false,
    version: cluster.version,
    dialect: cluster.dialect,
    kubernetes: null,
    architecture: null,
    serverless: null,
    gpu: false,
    volumes: false,
    interLink: false,
    groups: [],
    allowedImages: [],
    minio: null,
    capacity: null,
    services: null,
    may: { images: false, quotas: false, log: false },
    quotas: null,
    problem: null,
  };
  try {
    const [info, config, status, services, quotas] = await Promise.all([
      known.look(),
      known.config(),
      known.status().catch(unmeasured),
      known.services(),
      // no quota is worth a cluster that seems not to answer
      known.quotas().catch(() => null),
    ]);
    await noteLook(ports, id, info);
    return {
      ...silent,
      healthy: true,
      version: info.version || cluster.version,
      dialect: info.dialect,
      kubernetes: info.kubernetes || null,
      architecture: info.architecture || null,
      serverless: info.serverless,
      gpu: config.gpu,
      volumes: config.volumes,
      interLink: config.interLink,
      groups: config.groups,
      allowedImages: config.allowedImages,
      minio: config.minio.endpoint,
      capacity: status instanceof AppError ? null : status,
      problem: status instanceof AppError ? status.toProblem() : null,
      services: services.length,
      may: operationOf(cluster, abilitiesOf(info.dialect), config),
      quotas,
    };
  } catch (error) {
    const problem = AppError.from(error);
    await noteLook(ports, id, problem);
    return { ...silent, problem: problem.toProblem() };
  }
}

/** A cluster whose machines nobody measures runs jobs all the same. @throws what it was given, where it is anything else */
function unmeasured(error: unknown): AppError {
  const problem = AppError.from(error);
  if (problem.code !== 'upstream-failed') throw problem;
  return problem;
}
