import * as admin from './admin-calls';
import * as buckets from './bucket-calls';
import * as cluster from './cluster-calls';
import { abilitiesOf } from './dialect';
import * as jobs from './job-calls';
import { readQuotas, readQuotasOf, setQuotasOf } from './quotas';
import * as services from './service-calls';
import { Transport } from './transport';
import type { ClusterInfo, Dialect, OscarAuth, OscarEndpoint, OscarService, QuotaChange, ServiceWish } from './types';
import { readUse } from './use-calls';
import * as volumes from './volume-calls';

/** One OSCAR cluster, in whatever release it is. Make it with {@link connectOscar}. */
export class OscarClient {
  readonly info: ClusterInfo;
  readonly dialect: Dialect;
  readonly #transport: Transport;

  constructor(transport: Transport, info: ClusterInfo, dialect: Dialect) {
    this.#transport = transport;
    this.info = info;
    this.dialect = dialect;
  }

  get abilities() {
    return abilitiesOf(this.dialect);
  }

  /** What it is now: a release may have been put in place of another. */
  look = async (): Promise<ClusterInfo & { dialect: Dialect }> => {
    const info = await cluster.readInfo(this.#transport);
    return { ...info, dialect: await cluster.findDialect(this.#transport, info) };
  };
  isHealthy = (timeoutMs?: number) => cluster.isHealthy(this.#transport, timeoutMs);
  clock = () => cluster.readClock(this.#transport);
  config = () => cluster.readConfig(this.#transport);
  status = () => cluster.readStatus(this.#transport);
  quotas = () => readQuotas(this.#transport);
  quotasOf = (person: string) => readQuotasOf(this.#transport, person);
  setQuotasOf = (person: string, change: QuotaChange) => setQuotasOf(this.#transport, person, change);
  setAllowedImages = (prefixes: readonly string[]) => admin.setAllowedImages(this.#transport, prefixes);
  requests = () => admin.listRequests(this.#transport);
  use = (service: string, from: Date, to: Date) => readUse(this.#transport, service, from, to);

  services = () => services.listServices(this.#transport);
  service = (name: string) => services.getService(this.#transport, name);
  createService = (wish: ServiceWish) => services.createService(this.#transport, this.dialect, wish);
  updateService = (wish: ServiceWish, there: OscarService) => services.updateService(this.#transport, this.dialect, wish, there);
  deleteService = (name: string) => services.deleteService(this.#transport, this.dialect, name);
  members = (name: string) => services.listMembers(this.#transport, name);
  changeMembers = (name: string, change: services.MemberChange) => services.changeMembers(this.#transport, name, change);
  deployment = (name: string) => services.deploymentOf(this.#transport, name);
  deploymentLog = (name: string, lines?: number) => services.deploymentLog(this.#transport, name, lines);
  setRunning = (name: string, action: 'stop' | 'start' | 'restart') => services.setRunning(this.#transport, name, action);

  jobs = (service: string, page?: string) => jobs.listJobs(this.#transport, service, page);
  jobLog = (service: string, job: string) => jobs.jobLog(this.#transport, service, job);
  deleteJob = (service: string, job: string) => jobs.deleteJob(this.#transport, service, job);
  deleteJobs = (service: string, which: 'succeeded' | 'all') => jobs.deleteJobs(this.#transport, service, which);
  submit = (submission: jobs.Submission) => jobs.submitJob(this.#transport, submission);
  run = (submission: Omit<jobs.Submission, 'name'>) => jobs.runService(this.#transport, submission);

  buckets = () => buckets.listBuckets(this.#transport);
  createBucket = (wish: buckets.BucketWish) => buckets.createBucket(this.#transport, wish);
  updateBucket = (wish: buckets.BucketWish) => buckets.updateBucket(this.#transport, wish);
  deleteBucket = (name: string) => buckets.deleteBucket(this.#transport, name);
  presign = (wish: Parameters<typeof buckets.presign>[1]) => buckets.presign(this.#transport, wish);

  volumes = () => volumes.listVolumes(this.#transport);
  createVolume = (wish: { name: string; size: string }) => volumes.createVolume(this.#transport, wish);
  deleteVolume = (name: string) => volumes.deleteVolume(this.#transport, name);
}

/** A cluster of which is known already what it is: nothing is asked of it yet. */
export function knownOscar(endpoint: OscarEndpoint, auth: OscarAuth, known: { dialect: Dialect; version: string }): OscarClient {
  const info: ClusterInfo = { version: known.version, architecture: '', kubernetes: '', serverless: null };
  return new OscarClient(new Transport(endpoint, auth), info, known.dialect);
}

/**
 * Signs in to a cluster and learns what it is.
 * @throws AppError as every call
 */
export async function connectOscar(endpoint: OscarEndpoint, auth: OscarAuth): Promise<OscarClient> {
  const transport = new Transport(endpoint, auth);
  const info = await cluster.readInfo(transport);
  return new OscarClient(transport, info, await cluster.findDialect(transport, info));
}
