import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import { givenOf, wishOf } from '../services/wish';

/**
 * A service as it is, for a change of something else.
 * @param known secrets of it that are known here, by their names
 * @throws AppError `conflict` where it has secrets that its cluster does not tell: the change would empty them
 */
export function asWish(there: OscarService, known: Record<string, Secret> = {}): ServiceWish {
  const { environment } = there.definition.reveal();
  const told = typeof environment === 'object' && environment !== null && 'secrets' in environment ? environment.secrets : {};
  const all: [string, unknown][] = Object.entries(told ?? {});
  const values = all.filter(([name]) => !Object.hasOwn(known, name));
  if (values.some(([, value]) => typeof value !== 'string' || value === '')) throw secretsHidden(there.name);
  const secrets = Object.fromEntries(values.map(([name, value]) => [name, new Secret(String(value))]));
  return { ...plainWish(there), secrets: { ...secrets, ...known } };
}

/** The same, of a service whose secrets are to go. */
export const plainWish = (there: OscarService): ServiceWish => wishOf({ ...givenOf(there), secrets: {} }, there.clusterId);

/** A service as it is, but for how some clusters and their storages are reached: a change of it takes those out, and leaves the others. */
export function without(there: OscarService, names: readonly string[]): OscarService {
  const left = (map: unknown) => Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => !names.includes(name)));
  const { clusters, storage_providers: providers, ...definition } = there.definition.reveal();
  const stores = left(providers);
  const minio = 'minio' in stores ? { minio: left(stores.minio) } : {};
  return { ...there, definition: new Secret({ ...definition, clusters: left(clusters), storage_providers: { ...stores, ...minio } }) };
}

function secretsHidden(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `A change would empty the secrets of “${name}”`,
    detail: 'The service has secrets that its cluster tells nobody, and every change writes all of a service anew.',
    remedy: 'Change the service yourself and type its secrets in again, or move them into the image or a bucket.',
  });
}
