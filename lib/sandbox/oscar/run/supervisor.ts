import { ORIGIN } from '../api/federation';
import { split } from '../api/service-buckets';
import { programFor } from '../programs';
import type { RunRecord, ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { unwrap } from './delegate';
import { getRemote, putRemote, type RemoteMinio } from './remote';

export interface Outcome {
  ok: boolean;
  log: string[];
}

interface Minio {
  own: boolean;
  remote?: RemoteMinio;
}

/** What is known of the file that an event tells of. */
interface EventFile {
  bucket: string;
  key: string;
}

/**
 * What the supervisor inside a job does: fetches the input, has the program run, and puts every file that it wrote into every output whose
 * filters it passes. A program that fails is no failure of the job, as upstream has it.
 */
export async function supervise(world: OscarWorld, service: ServiceRecord, run: RunRecord): Promise<Outcome> {
  const log: string[] = [];
  const say = (line: string) => log.push(`${stamp(world.now())} - supervisor - INFO - ${line}`);
  say('SUPERVISOR: Initializing Binary supervisor');
  const program = programFor(service.image);
  if (!program) {
    say(`The sandbox runs only the programs that come with it. ${service.image} is not one of them, so nothing was run here.`);
    return { ok: false, log };
  }
  const { provider, event } = unwrap(run.event);
  const file = fileOf(event);
  const source = file && minioOf(world, service, run, provider);
  let input: { name: string; bytes: Buffer } = { name: 'event', bytes: Buffer.from(event) };
  if (file) {
    say(source ? `Found 'MINIO' input provider` : 'Storage type not found. Using the Local provider');
    say(`INPUT_FILE_PATH variable set to '/tmp/input/${file.key.split('/').at(-1)}'`);
    const bytes = source ? await read(world, source, file) : null;
    if (!bytes) {
      say(`The file ${file.key} could not be read from the bucket ${file.bucket}.`);
      return { ok: false, log };
    }
    input = { name: file.key.split('/').at(-1) ?? 'file', bytes };
  }
  say('Executing user defined script');
  const result = program.run(input, service.environment.variables);
  log.push(...result.log);
  for (const output of service.output) {
    const { bucket, folder } = split(output.path);
    const target = minioOf(world, service, run, output.storage_provider, true);
    for (const { name, bytes } of result.files) {
      const wanted = passes(name, output.suffix, 'endsWith') && passes(name, output.prefix, 'startsWith');
      if (!wanted || !target) continue;
      const key = folder ? `${folder}/${name}` : name;
      const done = await write(world, target, { bucket, key }, bytes, service.owner);
      say(done ? `Uploading file '${key}' to bucket '${bucket}'` : `Could not upload '${key}' to bucket '${bucket}'`);
    }
  }
  return { ok: true, log };
}

/** The file in an event of MinIO; null for anything else that was posted. */
export function fileOf(event: string): EventFile | null {
  try {
    const body = JSON.parse(event);
    const record = body?.Records?.[0]?.s3;
    const [bucket, key]: unknown[] = [record?.bucket?.name, record?.object?.key];
    if (typeof bucket !== 'string' || typeof key !== 'string') return null;
    return { bucket, key: decodeURIComponent(key.replaceAll('+', ' ')) };
  } catch {
    return null;
  }
}

/** Which MinIO a provider's name means inside a job. */
function minioOf(world: OscarWorld, service: ServiceRecord, run: RunRecord, provider: string | null, isOutput = false): Minio | null {
  if (isOutput && !provider?.startsWith('minio')) return null;
  // before 1.6, the supervisor takes what an event says as a bare name
  const bare = isOutput || Number.parseFloat(world.definition.supervisor) >= 1.6;
  const id = provider === null ? 'default' : bare ? provider.replace(/^minio\.?/, '') || 'default' : provider;
  const origin = service.annotations[ORIGIN] !== undefined ? run.origin : null;
  if (id === 'default') return origin ? { own: false, remote: origin } : { own: true };
  const remote = service.storage_providers?.minio?.[id];
  if (!remote) return null;
  return remote.endpoint === world.minioUrl ? { own: true } : { own: false, remote };
}

async function read(world: OscarWorld, { own, remote }: Minio, { bucket, key }: EventFile): Promise<Buffer | null> {
  if (!own) return remote ? getRemote(world, remote, bucket, key) : null;
  const object = world.bucket(bucket)?.objects[key];
  return object ? world.files.readNow(object.file) : null;
}

async function write(world: OscarWorld, { own, remote }: Minio, { bucket, key }: EventFile, bytes: Buffer, user: string): Promise<boolean> {
  if (!own) return remote ? (await putRemote(world, remote, bucket, key, bytes))?.status === 200 : false;
  const target = world.bucket(bucket);
  if (!target) return false;
  const { file, size, md5 } = world.files.writeNow(bytes);
  const object = { size, etag: md5, modifiedAt: world.now(), contentType: typeOf(key), metadata: {}, tags: {}, file, checksums: {} };
  world.put(target, key, object, 'ObjectCreated:Put', user);
  return true;
}

const passes = (name: string, list: string[], how: 'endsWith' | 'startsWith') => list.length === 0 || list.some((one) => name[how](one));
const types: Record<string, string> = { png: 'image/png', json: 'application/json', txt: 'text/plain', jpg: 'image/jpeg' };
const typeOf = (key: string) => types[key.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
const stamp = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
