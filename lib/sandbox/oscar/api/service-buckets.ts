import { createRemoteBucket, putRemote } from '../run/remote';
import { newBucket } from '../s3/buckets';
import type { ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { refuse } from './call';

/**
 * Makes the buckets and folders that a service names, and has MinIO tell OSCAR of new files in its inputs.
 * @param isNew of a service that is only changed, what is wrong with buckets is passed over
 * @throws Refusal 500: a bucket is there already; another cluster's MinIO refused
 */
export async function makeBuckets(world: OscarWorld, service: ServiceRecord, isNew: boolean): Promise<void> {
  const handled = new Set<string>();
  for (const { storage_provider, path } of service.input) {
    if (!storage_provider.startsWith('minio')) continue;
    const { bucket, folder } = split(path);
    const stands = world.bucket(bucket) !== undefined;
    // from 3.6 on it asks for the bucket of each input anew
    if (world.abilities.buckets && handled.has(bucket) && isNew) throw bucketThere(bucket);
    makeOwn(world, service, bucket, folder, handled, isNew);
    // and ends with that where it is there
    if (isNew || !stands || !world.abilities.buckets || !world.state.settings.upstreamBugs)
      enableNotification(world, service, bucket, folder);
  }
  for (const { storage_provider, path } of service.output) {
    const [type, id = 'default'] = storage_provider.split('.');
    const { bucket, folder } = split(path);
    if (type !== 'minio') continue;
    const foreign = id === 'default' ? undefined : service.storage_providers?.minio?.[id];
    // up to 3.5 each output was made in the cluster's own MinIO, whatever it said
    if (!foreign || foreign.endpoint === world.minioUrl || !world.abilities.buckets) {
      makeOwn(world, service, bucket, folder, handled, isNew);
      continue;
    }
    const answer = handled.has(bucket)
      ? await putRemote(world, foreign, bucket, `${folder}/`, Buffer.alloc(0))
      : await createRemoteBucket(world, foreign, bucket);
    if (answer?.status === 200 && handled.has(bucket)) continue;
    if (!isNew) continue;
    // of a bucket that it has just made elsewhere, it sets the tags in its own MinIO, which does not have it
    throw refuse(
      500,
      answer
        ? `Error creating bucket ${bucket}: ${answer.status === 200 ? 'unable to set tags' : answer.text.slice(0, 200)}`
        : `Error creating bucket ${bucket}: connection refused`,
    );
  }
}

/**
 * Takes away the buckets that a service names now; those that it named before stay. Where an input's bucket is gone already, since another input was in it, OSCAR does
 * not go on.
 */
export function dropBuckets(world: OscarWorld, service: ServiceRecord): void {
  const isOwn = ({ storage_provider }: { storage_provider: string }) => /^minio(\.default)?$/.test(storage_provider);
  const inputs = service.input.filter(({ storage_provider }) => storage_provider.startsWith('minio')).map(({ path }) => split(path).bucket);
  const again = inputs.findIndex((name, index) => inputs.indexOf(name) < index);
  const outputs = service.output.filter(isOwn).map(({ path }) => split(path).bucket);
  const reached = again < 0 ? [...inputs, ...outputs] : inputs.slice(0, again);
  for (const bucket of world.state.buckets.slice()) {
    if (bucket.service === service.name && reached.includes(bucket.name)) world.removeBucket(bucket.name);
    else bucket.rules = bucket.rules.filter((rule) => rule.arn !== arnOf(service.name));
  }
}

const bucketThere = (name: string) => refuse(500, `the bucket "${name}" already exists\n`);

export const arnOf = (service: string) => `arn:minio:sqs:us-east-1:${service}:webhook`;

/** `bucket/folder/more` as the bucket and what is in it. */
export function split(path: string): { bucket: string; folder: string } {
  const at = path.indexOf('/');
  return at < 0 ? { bucket: path, folder: '' } : { bucket: path.slice(0, at), folder: path.slice(at + 1) };
}

function makeOwn(world: OscarWorld, service: ServiceRecord, name: string, folder: string, handled: Set<string>, isNew: boolean): void {
  if (name === '') return;
  if (!handled.has(name)) {
    if (!world.bucket(name)) {
      const visibility = service.visibility === 'public' || service.visibility === 'restricted' ? service.visibility : 'private';
      const more = { service: service.name, visibility, allowedUsers: service.allowed_users } as const;
      world.state.buckets.push(newBucket(name, service.owner, world.now(), more));
    } else if (isNew) throw bucketThere(name);
    handled.add(name);
  }
  const bucket = world.bucket(name);
  if (!bucket || folder === '' || Object.hasOwn(bucket.objects, `${folder}/`)) return;
  const { file, size, md5 } = world.files.writeNow(Buffer.alloc(0));
  bucket.objects[`${folder}/`] = {
    size,
    etag: md5,
    modifiedAt: world.now(),
    contentType: 'application/octet-stream',
    metadata: {},
    tags: {},
    file,
    checksums: {},
  };
  world.changed();
}

function enableNotification(world: OscarWorld, service: ServiceRecord, name: string, folder: string): void {
  const bucket = world.bucket(name);
  const prefix = `${folder}/`;
  if (!bucket || bucket.rules.some((rule) => rule.arn === arnOf(service.name) && rule.prefix === prefix)) return;
  // MinIO refuses rules that overlap, and OSCAR says nothing of that: the service never hears of a file
  if (bucket.rules.some((rule) => rule.prefix.startsWith(prefix) || prefix.startsWith(rule.prefix))) return;
  bucket.rules.push({ id: service.name, arn: arnOf(service.name), events: ['s3:ObjectCreated:*'], prefix, suffix: '' });
  world.changed();
}
