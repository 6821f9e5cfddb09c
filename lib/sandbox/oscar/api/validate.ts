import { quantity } from '../run/resources';
import type { OscarWorld } from '../world';
import { refuse } from './call';
import type { ServiceBody } from './service-body';
import { completeVolume } from './volumes';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const invalid = (what: string) => refuse(400, `The service specification is not valid: ${what}`);

/**
 * A service as it will be kept: checked, and completed as OSCAR does.
 * @throws Refusal 400
 */
export function complete(world: OscarWorld, body: ServiceBody): ServiceBody {
  for (const [field, name] of [
    ['name', 'Name'],
    ['image', 'Image'],
    ['script', 'Script'],
  ] as const) {
    if (body[field] === '') throw invalid(`Key: 'Service.${name}' Error:Field validation for '${name}' failed on the 'required' tag`);
  }
  if (body.name.length > 39) throw invalid("Key: 'Service.Name' Error:Field validation for 'Name' failed on the 'max' tag");
  if (!label.test(body.name)) {
    throw refuse(
      400,
      `Error creating the service: Invalid value: "${body.name}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`,
    );
  }
  const memory = quantity(body.memory || '256Mi');
  const cpu = quantity(body.cpu || '0.2');
  if (memory === null || cpu === null) {
    throw refuse(
      400,
      "Error creating the service: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  const { allowedImages } = world.state;
  if (allowedImages.length > 0 && !allowedImages.some((prefix) => body.image.startsWith(prefix))) {
    throw refuse(400, `The image ${body.image} is not in the list of allowed image repositories`);
  }
  const groups = world.definition.oidc?.groups ?? [];
  if (body.vo && !groups.includes(body.vo)) throw refuse(400, `The cluster is not in the VO ${body.vo}`);
  const place = (path: string) =>
    world.abilities.federation && path !== '' && !path.replace(/\/$/, '').includes('/') ? `${body.name}/${path}` : path;
  const rooted = <T extends { path: string }>(list: T[]) =>
    list.map((one) => ({ ...one, path: place(one.path.replace(/^\/+|\/+$/g, '')) }));
  const input = rooted(body.input);
  for (const { storage_provider, path } of input) {
    const [type = '', id = 'default'] = storage_provider.split('.');
    const own = body.storage_providers?.minio?.[id];
    const known = type === 'minio' && (id === 'default' || own?.endpoint === world.minioUrl);
    if (!known && type !== 'webdav' && type !== 'rucio') {
      throw refuse(400, 'The input provider is not valid: only the cluster’s own MinIO, webdav and rucio can be used as input');
    }
    if (type === 'minio' && !path.includes('/')) throw refuse(500, 'missing foler on path');
  }
  return {
    ...body,
    volume: completeVolume(world, body),
    cluster_id: body.cluster_id || world.definition.id,
    memory: body.memory || '256Mi',
    cpu: body.cpu || '0.2',
    log_level: body.log_level || 'INFO',
    visibility: body.visibility || 'private',
    isolation_level: body.isolation_level || 'SERVICE',
    input,
    output: rooted(body.output),
    labels: { ...body.labels, oscar_service: body.name },
  };
}
