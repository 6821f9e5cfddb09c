import type { FieldProblem } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { isOwnStore } from '@/lib/oscar/own-store';
import type { OscarService, ServiceVolume, ServiceWish, StoragePath } from '@/lib/oscar/types';
import { volumeFaults } from './volume';

/** A service as somebody describes it in a form or a file. */
export interface GivenService {
  name: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu: boolean;
  logLevel: string;
  vo: string;
  visibility: 'private' | 'restricted' | 'public';
  allowedUsers: string[];
  input: StoragePath[];
  output: StoragePath[];
  variables: Record<string, string>;
  /** an empty one: as it is */
  secrets: Record<string, string>;
  interLinkNode: string;
  /** null: none; left out, as it is */
  volume?: ServiceVolume | null;
}

/** What is known of the cluster where it is to be. */
export interface ServiceRoom {
  allowedImages: readonly string[];
  groups: readonly string[];
  /** buckets that are there, with the service with which each came; null: not known */
  buckets: readonly { name: string; service: string | null }[] | null;
  /** names of your volumes there; null: the cluster has no volumes */
  volumes: readonly string[] | null;
  /** the service of that name; null: there is none */
  there: OscarService | null;
  /** what the cluster's release gets wrong of a service that is changed */
  traps: { emptiesExposed: boolean; watchesNewBucketsAlone: boolean };
}

const MOST_SCRIPT_BYTES = 900_000;
const goodName = /^[a-z0-9]([-a-z0-9]{0,37}[a-z0-9])?$/;
const goodBucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * What a cluster would refuse, or what would go wrong later, said before anything is made: each fault at its field. Pure.
 * OSCAR's own rules are in `pkg/handlers/create.go` and `pkg/types/service.go` of its source.
 */
export function serviceFaults(given: GivenService, room: ServiceRoom): FieldProblem[] {
  const { allowedImages, groups, buckets, volumes, there } = room;
  const faults: FieldProblem[] = [];
  const say = (path: string, message: string) => faults.push({ path, message });
  if (!goodName.test(given.name))
    say('name', 'Use 1 to 39 small letters, digits and dashes, with a letter or digit at both ends: Kubernetes takes no other name.');
  if (given.image.trim() === '') say('image', 'Name the container image.');
  else if (allowedImages.length > 0 && !allowedImages.some((prefix) => given.image.startsWith(prefix)))
    say('image', `The cluster takes images of ${allowedImages.join(', ')} only.`);
  if (given.script.trim() === '') say('script', 'Write what is to be run in the container.');
  if (Buffer.byteLength(given.script) > MOST_SCRIPT_BYTES)
    say(
      'script',
      `The script has ${(Buffer.byteLength(given.script) / 1e6).toFixed(1)} MB; Kubernetes keeps less than 1 MB of it. Put what is large into the image or a bucket.`,
    );
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(given.cpu) || Number(given.cpu) === 0)
    say('cpu', coresOf(given.cpu) ?? 'Write cores as a plain number, such as 0.5.');
  if (!/^\d{1,7}(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)$/.test(given.memory)) say('memory', 'Write memory with its unit, such as 256Mi or 2Gi.');
  if (given.vo !== '' && !groups.includes(given.vo)) say('vo', `The cluster lets in ${groups.join(', ') || 'no virtual organisation'}.`);
  pathFaults(given, buckets, there, say);
  if (there) changeFaults(given, there, room, say);
  else if (room.traps.watchesNewBucketsAlone) sharedBucketFaults(given, say);
  faults.push(...volumeFaults(given.name, given.volume, volumes, there));
  for (const name of Object.keys({ ...given.variables, ...given.secrets }))
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) say('variables', `“${name}” is no name for a variable.`);
  for (const [name, value] of Object.entries(given.secrets))
    if (value === '') say(`secrets.${name}`, 'Type it in: a cluster tells no secret again, and a change writes them all anew.');
  return faults;
}

// "500m" is what Kubernetes writes; OSCAR reads the number alone
function coresOf(text: string): string | null {
  const milli = /^(\d+)m$/.exec(text)?.[1];
  return milli === undefined ? null : `Write ${Number(milli) / 1000} in the place of ${text}: OSCAR reads cores as a plain number.`;
}

function pathFaults(
  { name, input, output }: GivenService,
  buckets: ServiceRoom['buckets'],
  there: OscarService | null,
  say: (path: string, message: string) => unknown,
): void {
  for (const [index, { provider, path }] of input.entries()) {
    const at = `input.${index}`;
    const { bucket, folder } = parts(path);
    if (!/^(minio|webdav|rucio)(\.|$)/.test(provider))
      say(at, 'Files can arrive in the cluster’s own MinIO, in dCache (webdav) and in Rucio.');
    if (folder === '') say(at, 'Write bucket/folder: OSCAR watches a folder, never all of a bucket.');
    if (!goodBucket.test(bucket)) say(at, `“${bucket}” is no name for a bucket: use 3 to 63 small letters, digits, dots and dashes.`);
    const twin = buckets?.find((one) => one.name === bucket && one.service !== name);
    // what is there is only ever said of a new service: it has its own buckets already
    if (!there && twin && isOwnStore(provider))
      say(
        at,
        `The bucket “${bucket}” is there already${twin.service ? `, of the service “${twin.service}”` : ''}: OSCAR makes those of a new service itself.`,
      );
  }
  for (const [index, { path }] of output.entries()) {
    const { bucket, folder } = parts(path);
    // up to 4.0 the service is half made then, and later its results are in a bucket of its own name (seen of 3.6.5 and 4.1.2)
    if (folder === '') say(`output.${index}`, 'Write bucket/folder: OSCAR does not take a bucket alone for one.');
    if (!goodBucket.test(bucket))
      say(`output.${index}`, `“${bucket}” is no name for a bucket: use 3 to 63 small letters, digits, dots and dashes.`);
  }
  const inputs = input.filter(({ provider }) => isOwnStore(provider)).map(({ path }) => under(path));
  for (const [index, one] of inputs.entries())
    if (inputs.some((other, place) => place < index && (one.startsWith(other) || other.startsWith(one))))
      say(`input.${index}`, 'One input lies within another: MinIO would not take the second notification.');
  for (const [index, { provider, path }] of output.entries())
    if (isOwnStore(provider) && inputs.some((one) => under(path).startsWith(one)))
      say(`output.${index}`, 'It lies within an input: each result would start a job again, without an end.');
}

/** OSCAR asks for a bucket of its own for each input of a new service, and ends at one that it has made already. */
function sharedBucketFaults({ input }: GivenService, say: (path: string, message: string) => unknown): void {
  const named = input.map(({ provider, path }) => (isOwnStore(provider) ? parts(path).bucket : null));
  for (const [index, bucket] of named.entries())
    if (bucket !== null && named.indexOf(bucket) < index)
      say(`input.${index}`, `Another input is in “${bucket}”, and OSCAR makes a bucket for one input alone: choose another bucket.`);
}

/** What a release would do to a service without a word, once it is changed. */
function changeFaults(
  given: GivenService,
  there: OscarService,
  { traps, buckets }: ServiceRoom,
  say: (path: string, message: string) => unknown,
): void {
  if (traps.emptiesExposed && runsScriptForever(there))
    say(
      'script',
      'With a change, OSCAR of this release empties the program of a service that is exposed. Remove it and make it anew with oscar-cli in the place of changing it.',
    );
  if (!traps.watchesNewBucketsAlone) return;
  const watched = there.input.filter(({ provider }) => isOwnStore(provider)).map(({ path }) => under(path));
  for (const [index, { provider, path }] of given.input.entries()) {
    const { bucket } = parts(path);
    const isThere = buckets?.some(({ name }) => name === bucket) ?? watched.some((one) => parts(one).bucket === bucket);
    if (isOwnStore(provider) && isThere && !watched.includes(under(path)))
      say(
        `input.${index}`,
        `OSCAR begins to watch no other folder of “${bucket}” once that is there: choose a bucket that is not there yet, or make another service.`,
      );
  }
}

/** Whether it is exposed, and runs the program of its definition there rather than its image's own. */
function runsScriptForever({ exposed, definition }: OscarService): boolean {
  const { expose } = definition.reveal();
  return exposed && !(typeof expose === 'object' && expose !== null && Reflect.get(expose, 'default_command') === true);
}

const under = (path: string) => `${path.replace(/^\/+|\/+$/g, '')}/`;

/** `bucket/folder/more` as the bucket and what is in it. Pure. */
export function parts(path: string): { bucket: string; folder: string } {
  const plain = path.replace(/^\/+|\/+$/g, '');
  const at = plain.indexOf('/');
  return at < 0 ? { bucket: plain, folder: '' } : { bucket: plain.slice(0, at), folder: plain.slice(at + 1) };
}

/** What is asked of the cluster for a described service. Pure. */
export function wishOf(given: GivenService, clusterId: string): ServiceWish {
  const { secrets, allowedUsers, visibility, interLinkNode, vo, logLevel, ...rest } = given;
  return {
    ...rest,
    clusterId,
    visibility,
    allowedUsers: visibility === 'restricted' ? allowedUsers : [],
    ...(vo === '' ? {} : { vo }),
    ...(logLevel === '' ? {} : { logLevel }),
    ...(interLinkNode === '' ? {} : { interLinkNode }),
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, new Secret(value)])),
  };
}

/** A service as a form shows it; of its secrets the names. Pure. */
export function givenOf(service: OscarService): GivenService {
  const { name, image, script, cpu, memory, gpu, logLevel, vo, visibility, allowedUsers, input, output, variables, secrets } = service;
  return {
    name,
    image,
    script,
    cpu,
    memory,
    gpu,
    logLevel,
    vo,
    allowedUsers,
    input,
    output,
    variables,
    visibility: visibility === 'public' || visibility === 'restricted' ? visibility : 'private',
    secrets: Object.fromEntries(secrets.map((one) => [one, ''])),
    interLinkNode: service.interLinkNode,
    volume: service.volume,
  };
}
