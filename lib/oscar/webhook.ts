import { isOwnStore } from './own-store';

/** How a definition names a place for files. */
interface WirePath {
  storage_provider: string;
  path: string;
}

const isPath = (value: unknown): value is WirePath =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'storage_provider') === 'string' &&
  typeof Reflect.get(value, 'path') === 'string';
const pathsOf = (value: unknown): WirePath[] => (Array.isArray(value) ? value.filter(isPath) : []);
const bucketOf = ({ path }: WirePath): string => path.replace(/^[ /]+/, '').split('/')[0] ?? '';

/**
 * A change of a definition in such words that its cluster has MinIO tell it of files by the service's new token.
 *
 * From 3.6.0 to 3.7.1 each change makes a new token, but MinIO is told of it only where a bucket of the definition was not in the one before, or is
 * among its inputs for a second time (read in the source of `MakeUpdateHandler`); by the old token nobody is let in, so no file starts a job any more. An input that is there
 * twice means nothing else: jobs read the first one that fits, and notifications of buckets are left alone by a change.
 */
export function withFreshWebhook<T extends Record<string, unknown>>(definition: T): T {
  const input: unknown[] = Array.isArray(definition.input) ? definition.input : [];
  const own = pathsOf(input).filter(({ storage_provider }) => isOwnStore(storage_provider));
  const [first] = own;
  if (!first || new Set(own.map(bucketOf)).size < own.length) return definition;
  return { ...definition, input: [...input, first] };
}

/** The same places, each once: what {@link withFreshWebhook} adds is nobody's wish. */
export function eachOnce<T>(paths: readonly T[]): T[] {
  const known = new Set<string>();
  return paths.filter((one) => {
    const words = JSON.stringify(one);
    return known.size < known.add(words).size;
  });
}

/**
 * The definition that is to be there when its service is removed, or null where it may stay as it is. Removing buckets, OSCAR stops at the first that is gone,
 * so that of a service with an input twice it would leave its others.
 */
export function withoutSecond(definition: Record<string, unknown>): Record<string, unknown> | null {
  const input: unknown[] = Array.isArray(definition.input) ? definition.input : [];
  const once = eachOnce(input);
  const buckets = new Set(
    [...pathsOf(once), ...pathsOf(definition.output)].filter((one) => isOwnStore(one.storage_provider)).map(bucketOf),
  );
  return once.length < input.length && buckets.size > 1 ? { ...definition, input: once } : null;
}

/**
 * Whether all that a cluster complains of is whose a service's buckets are. It says so with status 500 and goes on: the change is made. It is so for each
 * bucket that a change brings or drops, where somebody came with the cluster's password, since MinIO has no user for whom that stands.
 */
export function isOnlyOfRights(text: string): boolean {
  const complaints = text
    .split(/(?=Error creating the service: |error setting new policies: )/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const ofRights =
    /^(Error creating the service|error setting new policies): error (removing resource|removing policy|(creating\/adding|setting) MinIO policy)\b/;
  return complaints.length > 0 && complaints.every((one) => ofRights.test(one));
}
