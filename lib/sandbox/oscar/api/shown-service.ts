import type { ServiceRecord } from '../state';
import { type OscarWorld, REGION } from '../world';
import type { ServiceBody } from './service-body';

const HIDDEN = 'hidden';

/**
 * A service as its release shows it: with the passwords of other clusters and the keys of other MinIOs. Go leaves out some of what is empty, and shows the rest
 * as zero; which, was seen of 3.6.5 and 4.1.2.
 */
export function shownService(world: OscarWorld, service: ServiceRecord): unknown {
  const { createdAt: _made, webhookToken: _heard, federation, replicas, delegation, rescheduler_threshold, owner, ...rest } = service;
  const { abilities } = world;
  const { environment, clusters, image_pull_secrets: pullSecrets, expose, mount, ...plain } = rest;
  const minio = {
    ...rest.storage_providers?.minio,
    default: { endpoint: world.minioEndpoint, verify: false, region: REGION, access_key: HIDDEN, secret_key: HIDDEN },
  };
  const blank = Object.fromEntries(Object.keys(environment.secrets).map((name) => [name, '']));
  return {
    ...plain,
    input: plain.input.map(shownPath),
    output: plain.output.map(shownPath),
    environment: { variables: environment.variables, secrets: blank },
    storage_providers: { ...rest.storage_providers, minio },
    ...(isEmpty(clusters) ? {} : { clusters }),
    ...(pullSecrets.length > 0 ? { image_pull_secrets: pullSecrets } : {}),
    expose: shownPorts(world, expose),
    mount: mount ?? { storage_provider: '', path: '' },
    owner,
    ...(abilities.buckets ? { namespace: 'oscar-svc' } : {}),
    ...(abilities.deployments ? { volume_status: { enabled: rest.volume !== undefined } } : {}),
    ...(abilities.federation
      ? { ephemeral_storage_request: '', ...(federation && { federation: { ...federation, members: noneAsNull(federation.members) } }) }
      : {
          ...(replicas?.length ? { replicas } : {}),
          delegation: delegation ?? '',
          rescheduler_threshold: rescheduler_threshold ?? 0,
        }),
  };
}

const isEmpty = (map: object | undefined) => Object.keys(map ?? {}).length === 0;
const noneAsNull = <T>(list: T[] | null | undefined) => (list?.length ? list : null);

function shownPath({ storage_provider, path, suffix, prefix }: ServiceBody['input'][number]): unknown {
  return { storage_provider, path, ...(suffix.length > 0 ? { suffix } : {}), ...(prefix.length > 0 ? { prefix } : {}) };
}

function shownPorts({ abilities }: OscarWorld, expose: ServiceBody['expose']): unknown {
  const zero = { min_scale: 0, max_scale: 0, cpu_threshold: 0, rewrite_target: false, default_command: false, set_auth: false };
  const { api_port: port, nodePort, ...rest } = { api_port: undefined, nodePort: undefined, ...zero, ...expose };
  const some = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  return {
    ...rest,
    ...(some(port) ? { api_port: port } : {}),
    ...(abilities.federation ? (some(nodePort) ? { nodePort } : {}) : { nodePort: nodePort ?? 0 }),
    ...(abilities.buckets ? { health_path: '' } : {}),
  };
}
