/** A part of a definition that is a secret: where it stands, and the variable of the environment that brings it. */
export interface SecretPlace {
  path: (string | number)[];
  variable: string;
}

/** A service's definition as it can be handed to anybody. */
export interface BareDefinition {
  definition: Record<string, unknown>;
  secrets: SecretPlace[];
}

/** What OSCAR says of a service by itself (`pkg/handlers/create.go`). Not the owner: a change with the cluster's password takes it from the definition. */
const ownKeys = ['token', 'namespace', 'bucket_list'];
const ownLabels = ['oscar_service', 'uid', 'vo', 'owner_name', 'kueue.x-k8s.io/queue-name'];
const secretKeys = ['auth_password', 'secret_key', 'password', 'token', 'refresh_token'];

/**
 * A definition without what is secret, what OSCAR adds by itself, and what is empty. The password of a cluster is asked for by that cluster's own variable. Pure.
 * @param passwords variables of clusters' passwords, by OSCAR's names for them
 */
export function bareDefinition(told: Record<string, unknown>, passwords: Record<string, string> = {}): BareDefinition {
  const secrets: SecretPlace[] = [];
  const definition = bare(tidied(told), [], (path) => secrets.push({ path, variable: variableOf(path, passwords) }));
  return { definition, secrets };
}

type Path = SecretPlace['path'];

function bare(value: Record<string, unknown>, path: Path, found: (path: Path) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bared(one, [...path, key], found)]));
}

function bared(value: unknown, here: Path, found: (path: Path) => unknown): unknown {
  if (isSecret(here, value)) {
    found(here);
    return '';
  }
  if (Array.isArray(value)) return value.map((one, index) => bared(one, [...here, index], found));
  return isMap(value) ? bare(value, here, found) : value;
}

function isSecret(path: Path, value: unknown): boolean {
  const [top, second, ...rest] = path;
  if (top === 'environment') return second === 'secrets' && rest.length === 1;
  // one that is not told of the environment is there all the same; of a cluster, a storage or a member there is none then
  if (value === '') return false;
  // with them another address is signed in to
  if (top === 'replicas' || top === 'federation') return path.at(-2) === 'headers';
  return (top === 'clusters' || top === 'storage_providers') && secretKeys.includes(String(path.at(-1)));
}

function variableOf(path: Path, passwords: Record<string, string>): string {
  const [top, id = ''] = path;
  if (top === 'clusters' && Object.hasOwn(passwords, id)) return passwords[id] ?? '';
  const words = wordsOf(path);
  return words
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d|$)/, '_');
}

// with a word before it where it may be called PATH
function wordsOf(path: Path): Path {
  const [top] = path;
  if (top === 'environment') return ['secret', ...path.slice(2)];
  if (top === 'clusters') return path.slice(1);
  return top === 'storage_providers' ? path.slice(2) : ['member', ...path.filter((step) => typeof step === 'number'), path.at(-1) ?? ''];
}

function tidied({ labels, storage_providers: stores, environment, ...told }: Record<string, unknown>): Record<string, unknown> {
  const own = (key: string) => ownKeys.includes(key);
  const givenLabels = without(labels, ownLabels);
  // OSCAR puts its own storage there, with "hidden" for its keys
  const minio = isMap(stores) ? without(stores.minio, ['default']) : {};
  const providers = { ...without(stores, ['minio']), ...(isEmpty(minio) ? {} : { minio }) };
  // of secrets the names alone are told: they count
  const variables = Object.entries(environment ?? {}).filter(([, map]) => Object.keys(map ?? {}).length > 0);
  const all = Object.entries({ ...told, labels: givenLabels, storage_providers: providers });
  return {
    ...Object.fromEntries(all.filter(([key, value]) => !own(key) && !isEmpty(value))),
    ...(variables.length > 0 ? { environment: Object.fromEntries(variables) } : {}),
  };
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const without = (map: unknown, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !keys.includes(key)));

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined || value === '' || value === false || value === 0;
}
