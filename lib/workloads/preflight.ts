import { versionIn } from '@/lib/oscar/dialect';
import { amountOf } from '@/lib/oscar/quantity';
import type { ClusterConfig, ClusterStatus, Dialect, OscarService, StoragePath } from '@/lib/oscar/types';

/** What is found out of one side before a service is made there. */
export interface Side {
  name: string;
  dialect: Dialect;
  endpoint: string;
  config: Pick<ClusterConfig, 'groups' | 'allowedImages' | 'kueue' | 'minio'>;
  /** null: it does not tell */
  status: ClusterStatus | null;
  services: Pick<OscarService, 'name' | 'input'>[];
  buckets: string[];
  /** whether MinIO's keys opened it */
  storageAnswers: boolean;
  /** milliseconds by which its clock is ahead of ours; null: not known */
  clockAheadMs: number | null;
}

/** What is wanted on a side, as far as it can be refused. */
export interface Wanted {
  name: string;
  image: string;
  cpu: string;
  memory: string;
  gpu: boolean;
  vo: string;
  input: StoragePath[];
  output: StoragePath[];
  script: string;
  /** the other side takes its jobs, or gives it some */
  paired: boolean;
  /** the service is there already, with its buckets, and is to stay */
  there?: boolean;
}

/** One thing that will go wrong (or may), and what mends it. `about`: a key of the texts of the screens. */
export interface Finding {
  severity: 'error' | 'warning';
  about:
    | 'name'
    | 'name-taken'
    | 'cpu'
    | 'memory'
    | 'image-refused'
    | 'vo'
    | 'no-vo'
    | 'input-folder'
    | 'input-provider'
    | 'bucket-name'
    | 'bucket-taken'
    | 'overlap'
    | 'too-large-for-nodes'
    | 'no-gpu'
    | 'minio-private'
    | 'minio-silent'
    | 'not-ready'
    | 'clock'
    | 'script-large'
    | 'kueue'
    | 'private-by-token'
    | 'handed-on-waits'
    | 'stays-by-rule'
    | 'far-by-rule';
  /** what the text names: a bucket, an image, a number */
  values: Record<string, string | number>;
}

const MOST_SCRIPT_BYTES = 900 * 1024;
const MOST_SKEW_MS = 120_000;
const goodName = /^[a-z0-9]([-a-z0-9]{0,37}[a-z0-9])?$/;
const goodBucket = /^(?!xn--|.*\.\.|(?:\d+\.){3}\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What can be known to go wrong before anything is made on a side, the worst first. */
export function preflight(side: Side, wanted: Wanted): Finding[] {
  const found: Finding[] = [];
  const error = (about: Finding['about'], values: Finding['values'] = {}) => found.push({ severity: 'error', about, values });
  const warn = (about: Finding['about'], values: Finding['values'] = {}) => found.push({ severity: 'warning', about, values });
  if (!goodName.test(wanted.name)) error('name', { name: wanted.name });
  if (!wanted.there && side.services.some(({ name }) => name === wanted.name)) error('name-taken', { name: wanted.name });
  // ranking reads the CPU as a plain number: "500m" starts jobs and breaks delegation
  const cores = /^\d+(\.\d+)?$/.test(wanted.cpu) ? Number(wanted.cpu) : null;
  const bytes = amountOf(wanted.memory);
  if (cores === null || cores === 0) error('cpu', { cpu: wanted.cpu });
  if (bytes === null || bytes === 0) error('memory', { memory: wanted.memory });
  const { allowedImages, groups, minio, kueue } = side.config;
  if (allowedImages.length > 0 && !allowedImages.some((prefix) => wanted.image.startsWith(prefix))) {
    error('image-refused', { image: wanted.image, allowed: allowedImages.join(', ') });
  }
  if (wanted.vo !== '' && !groups.includes(wanted.vo)) error('vo', { vo: wanted.vo, groups: groups.join(', ') });
  checkPaths(side, wanted, error, warn);
  if (side.status && cores !== null && bytes !== null && side.status.nodes.length > 0) {
    const fits = side.status.nodes.some((node) => node.milliCores > cores * 1000 && node.memoryBytes > bytes);
    if (!fits) error('too-large-for-nodes', { cpu: wanted.cpu, memory: wanted.memory });
  }
  if (wanted.gpu && side.status && side.status.gpus === 0) error('no-gpu');
  if (side.status?.ready === false) error('not-ready');
  if (!side.storageAnswers) error('minio-silent', { endpoint: minio.endpoint });
  if (wanted.paired && isPrivate(minio.endpoint) && !isPrivate(side.endpoint)) error('minio-private', { endpoint: minio.endpoint });
  if (side.clockAheadMs !== null && Math.abs(side.clockAheadMs) > MOST_SKEW_MS) {
    error('clock', { seconds: Math.round(side.clockAheadMs / 1000) });
  }
  if (Buffer.byteLength(wanted.script) > MOST_SCRIPT_BYTES) error('script-large', { bytes: Buffer.byteLength(wanted.script) });
  if (wanted.paired && groups.length === 0 && side.dialect === '4.1') error('no-vo');
  // jobs that Kueue holds back have no pod, and the rescheduler looks at pods
  if (wanted.paired && kueue) warn('kueue');
  return found.toSorted((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'));
}

/**
 * What an origin of 4.1 meets at a worker of 4.0 or later, where both know people by EGI Check-in: whoever comes with an access token is looked for by their identifier without what
 * follows the @, which owns nothing, so that a private service is not there for them (`selectService` and `FormatUID` of OSCAR, up to 4.1.2). Pure.
 */
export function tokenFindings(origin: Dialect, worker: Dialect, bySignIn: boolean): Finding[] {
  const meets = bySignIn && origin === '4.1' && (worker === '4.0' || worker === '4.1');
  return meets ? [{ severity: 'warning', about: 'private-by-token', values: {} }] : [];
}

/**
 * What is met at a worker of 3.6 that is spoken with by its password: of a job that comes with a service's token and is no event of its own MinIO, the machine wants the secret
 * of the service's owner, who there is `cluster_admin`, a name that Kubernetes has for none. The job waits forever, and its origin takes it for handed on (`MakeJobHandler` of OSCAR; seen
 * of 3.6.5 for a job that was started by hand; 3.7.1 has it mended). Pure.
 */
export function ownerFindings(version: string, byPassword: boolean): Finding[] {
  const waits = byPassword && /^3\.6(\.|$)/.test(versionIn(version) ?? '');
  return waits ? [{ severity: 'warning', about: 'handed-on-waits', values: { version } }] : [];
}

/** Whether an address can be reached from inside its own network only: a private one, or a name that only a cluster knows. */
export function isPrivate(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  if (/^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host)) return true;
  if (/^(::1|f[cd][0-9a-f]{2}:|fe80:)/i.test(host)) return true;
  if (host === 'localhost') return true;
  return !host.includes(':') && (!host.includes('.') || /\.(svc|local|internal|cluster\.local)$|^[a-z0-9-]+\.(minio|oscar)$/.test(host));
}

type Say = (about: Finding['about'], values?: Finding['values']) => void;

function checkPaths(side: Side, wanted: Wanted, error: Say, warn: Say): void {
  const bucketOf = (path: string) => path.split('/')[0] ?? '';
  const named = new Set<string>();
  for (const { provider, path } of wanted.input) {
    const type = provider.split('.')[0] ?? '';
    if (!['minio', 'webdav', 'rucio'].includes(type) || (type === 'minio' && provider !== 'minio.default'))
      error('input-provider', { provider });
    if (type !== 'minio') continue;
    if (!path.split('/').slice(1).some(Boolean)) error('input-folder', { path });
    named.add(bucketOf(path));
    for (const other of side.services) {
      const clash = other.input.find((one) => overlap(one.path, path));
      // MinIO refuses the second of two, OSCAR says nothing of it, and the service never hears of a file
      if (clash && other.name !== wanted.name) error('overlap', { path, other: other.name });
    }
    const own = wanted.input.filter((one) => one.path !== path && overlap(one.path, path));
    if (own.length > 0) warn('overlap', { path, other: wanted.name });
  }
  for (const { provider, path } of wanted.output) if (provider === 'minio.default' || provider === 'minio') named.add(bucketOf(path));
  for (const bucket of named) {
    if (!goodBucket.test(bucket)) error('bucket-name', { bucket });
    else if (!wanted.there && side.buckets.includes(bucket)) error('bucket-taken', { bucket });
  }
}

function overlap(one: string, other: string): boolean {
  const [left, right] = [`${one.replace(/\/+$/, '')}/`, `${other.replace(/\/+$/, '')}/`];
  return left.startsWith(right) || right.startsWith(left);
}
