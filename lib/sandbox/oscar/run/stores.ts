import { ORIGIN } from '../api/federation';
import type { RunRecord, ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import type { EventFile } from './posted';
import { getRemote, putRemote, type RemoteMinio } from './remote';

/** Why a storage did not do what was asked; without a code, it did not answer at all. */
export interface StoreFailure {
  code: string | null;
  /** or the address at which nobody answered */
  message: string;
}

/** A MinIO as a job uses it. */
export interface JobStore {
  read(file: EventFile): Promise<Buffer | StoreFailure>;
  write(file: EventFile, bytes: Buffer, user: string): Promise<StoreFailure | null>;
}

/** Which MinIO a provider's name means inside a job; null: none that the job knows of. */
export function minioFor(
  world: OscarWorld,
  service: ServiceRecord,
  run: RunRecord,
  provider: string | null,
  isOutput = false,
): JobStore | null {
  if (isOutput && !provider?.startsWith('minio')) return null;
  // before 1.6, the supervisor takes what an event says as a bare name
  const bare = isOutput || Number.parseFloat(world.definition.supervisor) >= 1.6;
  const id = provider === null ? 'default' : bare ? provider.replace(/^minio\.?/, '') || 'default' : provider;
  const origin = service.annotations[ORIGIN] !== undefined ? run.origin : null;
  if (id === 'default') return origin ? far(world, origin) : own(world);
  const remote = service.storage_providers?.minio?.[id];
  if (!remote) return null;
  return remote.endpoint === world.minioUrl ? own(world) : far(world, remote);
}

const own = (world: OscarWorld): JobStore => ({
  async read({ bucket, key }) {
    const object = world.bucket(bucket)?.objects[key];
    return object ? world.files.readNow(object.file) : { code: '404', message: 'Not Found' };
  },
  async write({ bucket, key }, bytes, user) {
    const target = world.bucket(bucket);
    if (!target) return { code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
    const { file, size, md5 } = world.files.writeNow(bytes);
    const object = { size, etag: md5, modifiedAt: world.now(), contentType: typeOf(key), metadata: {}, tags: {}, file, checksums: {} };
    world.put(target, key, object, 'ObjectCreated:Put', user);
    return null;
  },
});

const far = (world: OscarWorld, remote: RemoteMinio): JobStore => ({
  async read({ bucket, key }) {
    const answer = await getRemote(world, remote, bucket, key);
    if (!answer) return unanswered(remote, bucket, key);
    if (answer.status === 200) return answer.bytes;
    // an answer about a file alone has no words
    return { code: String(answer.status), message: answer.status === 403 ? 'Forbidden' : 'Not Found' };
  },
  async write({ bucket, key }, bytes) {
    const answer = await putRemote(world, remote, bucket, key, bytes);
    if (!answer) return unanswered(remote, bucket, key);
    if (answer.status === 200) return null;
    const word = (name: string) => new RegExp(`<${name}>([^<]*)`).exec(answer.text)?.[1];
    return { code: word('Code') ?? String(answer.status), message: word('Message') ?? '' };
  },
});

const unanswered = ({ endpoint }: RemoteMinio, bucket: string, key: string): StoreFailure => ({
  code: null,
  message: `${endpoint}/${bucket}/${key}`,
});

const types: Record<string, string> = { png: 'image/png', json: 'application/json', txt: 'text/plain', jpg: 'image/jpeg' };
const typeOf = (key: string) => types[key.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
