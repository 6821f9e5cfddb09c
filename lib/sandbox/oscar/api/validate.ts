import { isBucketName } from '../s3/buckets';
import type { OscarWorld } from '../world';
import { refuse } from './call';
import { refusalOf } from './kubernetes-refuses';
import type { ServiceBody } from './service-body';
import { completeVolume } from './volumes';

const LONGEST_NAME = 39;
const levels = ['NOTSET', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];

/**
 * What OSCAR looks at before anything else: the fields that every service has, all of them in one answer.
 * @throws Refusal 400
 */
export function checkFields(body: ServiceBody): void {
  const faults = (
    [
      ['name', 'Name'],
      ['image', 'Image'],
      ['script', 'Script'],
    ] as const
  ).flatMap(([field, name]) => {
    if (body[field] === '') return [failed(name, 'required')];
    return field === 'name' && body.name.length > LONGEST_NAME ? [failed(name, 'max')] : [];
  });
  if (faults.length > 0) throw refuse(400, `The service specification is not valid: ${faults.join('\n')}`);
}

/**
 * A service as it will be kept: checked, and completed as OSCAR does. What Kubernetes or MinIO refuses, OSCAR answers with 500.
 * @throws Refusal 400, 500
 */
export function complete(world: OscarWorld, body: ServiceBody, doing: 'creating' | 'updating'): ServiceBody {
  const input = body.input.map((one) => ({ ...one, path: placed(world, body.name, one.path, 'input') }));
  const output = body.output.map((one) => ({ ...one, path: placed(world, body.name, one.path, 'output') }));
  const kubernetes = (what: string) => refuse(500, `Error ${doing} the service: ${what}`);
  const { allowedImages } = world.state;
  if (allowedImages.length > 0 && !allowedImages.some((prefix) => body.image.includes(prefix))) {
    throw kubernetes(
      `image ${body.image} is not allowed for pull on the cluster. Check the additional configuration file on 'config.yaml'`,
    );
  }
  const completed = { ...body, memory: body.memory || '256Mi', cpu: body.cpu || '0.2', input, output };
  const refused = refusalOf(completed);
  if (refused !== null) throw kubernetes(refused);
  checkStores(world, completed);
  const level = body.log_level.toUpperCase();
  return {
    ...completed,
    volume: completeVolume(world, body),
    log_level: levels.includes(level) ? level : 'INFO',
    visibility: body.visibility || 'private',
    labels: {
      ...body.labels,
      oscar_service: body.name,
      ...(world.abilities.deployments ? { 'oscar.grycap/user-service': 'true' } : {}),
      applicationId: body.name,
      queue: `root.oscar-queue.${body.name}`,
    },
  };
}

const failed = (name: string, tag: string) => `Key: 'Service.${name}' Error:Field validation for '${name}' failed on the '${tag}' tag`;

/** A path without what surrounds it; from 4.1 on, one without a folder is a folder of the service's own bucket. */
function placed(world: OscarWorld, service: string, given: string, which: 'input' | 'output'): string {
  const path = given.replace(/^[ /]+|[ /]+$/g, '');
  if (!world.abilities.federation) return path;
  if (path === '') throw refuse(400, `${which} path cannot be empty`);
  return path.includes('/') ? path : `${service}/${path}`;
}

function checkStores(world: OscarWorld, body: ServiceBody): void {
  for (const { storage_provider, path } of body.input) {
    const [type, id] = providerOf(storage_provider);
    if (!['minio', 'webdav', 'rucio'].includes(type)) throw refuse(400, 'unrecognized input (valid inputs are MinIO and dCache)');
    if (type !== 'minio' || breaksOff(world, path)) continue;
    isDescribed(body, storage_provider);
    const own = body.storage_providers?.minio?.[id];
    if (id !== 'default' && own?.endpoint !== world.minioUrl) {
      throw refuse(500, `the provided MinIO server "${own?.endpoint ?? ''}" is not the configured in OSCAR`);
    }
    if (!path.includes('/')) throw refuse(500, `error enabling webhook for bucket, missing foler on path "[${path}]"`);
    hasGoodName(path);
  }
  for (const { storage_provider, path } of body.output) {
    isDescribed(body, storage_provider);
    if (providerOf(storage_provider)[0] === 'minio' && !breaksOff(world, path)) hasGoodName(path);
  }
}

/** Up to 4.0 OSCAR stumbles over a place without a folder, with an empty 500, and what it had made until then stays. */
export const breaksOff = ({ abilities }: OscarWorld, path: string): boolean => !abilities.federation && !path.includes('/');

function providerOf(name: string): [type: string, id: string] {
  const [type = '', id = 'default'] = name.split('.');
  return [type, id];
}

function isDescribed(body: ServiceBody, provider: string): void {
  const [type, id] = providerOf(provider);
  const described: Record<string, unknown> = { ...body.storage_providers };
  const stores = described[type];
  const there = (type === 'minio' && id === 'default') || (typeof stores === 'object' && stores !== null && id in stores);
  if (!there) throw refuse(500, `the StorageProvider "${type}.${id}" is not defined`);
}

function hasGoodName(path: string): void {
  const [bucket = ''] = path.split('/');
  if (!isBucketName(bucket)) throw refuse(500, `error creating bucket ${bucket}: InvalidBucketName: The specified bucket is not valid.`);
}
