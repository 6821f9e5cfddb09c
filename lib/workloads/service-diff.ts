import type { OscarService, ServiceWish, Sharing, StoragePath } from '@/lib/oscar/types';
import { volumeWords } from './services/volume';

/** One field that would change, in words that can be shown: secrets are only said to be there. */
export interface FieldChange {
  field: string;
  from: string;
  to: string;
}

/** What has to be done so that a cluster has what is wanted, and what that changes. */
export type ServiceChange =
  | { kind: 'none' }
  | { kind: 'create' }
  | { kind: 'update'; changes: FieldChange[] }
  /** somebody else's, or of another form: to be taken over only when a person says so */
  | { kind: 'foreign'; owner: string; changes: FieldChange[] };

/**
 * The difference between a service as it is and as it is wanted. Only what the wish speaks of counts.
 * @param own who the caller is at the cluster
 */
export function serviceChange(there: OscarService | null, wish: ServiceWish, own: string): ServiceChange {
  if (!there) return { kind: 'create' };
  const changes = changesOf(there, wish);
  if (changes.length === 0) return { kind: 'none' };
  return there.owner !== '' && there.owner !== own ? { kind: 'foreign', owner: there.owner, changes } : { kind: 'update', changes };
}

function changesOf(there: OscarService, wish: ServiceWish): FieldChange[] {
  const rows: [field: string, from: string, to: string | undefined][] = [
    ['clusterId', there.clusterId, wish.clusterId],
    ['image', there.image, wish.image],
    ['script', there.script, wish.script],
    ['cpu', amount(there.cpu), amount(wish.cpu)],
    ['memory', there.memory, wish.memory],
    ['gpu', String(there.gpu), said(wish.gpu)],
    ['logLevel', there.logLevel, wish.logLevel],
    ['vo', there.vo, wish.vo],
    ['visibility', there.visibility, wish.visibility],
    ['allowedUsers', list(there.allowedUsers), wish.allowedUsers && list(wish.allowedUsers)],
    ['input', paths(there.input, there.name), paths(wish.input, wish.name)],
    ['output', paths(there.output, there.name), paths(wish.output, wish.name)],
    ['variables', map(there.variables), map(wish.variables ?? {})],
    ['secrets', list(there.secrets), list(Object.keys(wish.secrets ?? {}))],
    ['annotations', map(there.annotations), wish.annotations && map(wish.annotations)],
    ['interLinkNode', there.interLinkNode, wish.interLinkNode],
    ['volume', volumeWords(there.name, there.volume), wish.volume === undefined ? undefined : volumeWords(wish.name, wish.volume)],
    ['clusters', map(endpoints(there.clusters)), wish.clusters && map(endpoints(wish.clusters))],
    // its own storage is always among them, and OSCAR writes it there itself
    ['stores', map(endpoints(withoutOwn(there.stores))), wish.stores && map(endpoints(withoutOwn(wish.stores)))],
    ['sharing', sharing(there.sharing), wish.sharing && sharing(wish.sharing)],
  ];
  return rows.flatMap(([field, from, to]) => (to === undefined || from === to ? [] : [{ field, from, to }]));
}

/** `1` and `1.0` are as much. */
const amount = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text);
const said = (value: boolean | undefined) => (value === undefined ? undefined : String(value));
const list = (items: string[]) => items.toSorted().join(', ');
const map = (items: Record<string, string>) =>
  Object.entries(items)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n');
const endpoints = (items: Record<string, { endpoint: string }>) =>
  Object.fromEntries(Object.entries(items).map(([id, { endpoint }]) => [id, endpoint.replace(/\/+$/, '')]));
const withoutOwn = <T>(items: Record<string, T>) => Object.fromEntries(Object.entries(items).filter(([id]) => id !== 'default'));

/** From 4.1 on, a path without a bucket gets the service's own; slashes at its ends mean nothing. */
function paths(items: StoragePath[], name: string): string {
  return items
    .map(({ provider, path, suffix, prefix }) => {
      const plain = path.replace(/^\/+|\/+$/g, '');
      const full = plain === '' || plain.includes('/') ? plain : `${name}/${plain}`;
      const filters = [...suffix.map((one) => `*${one}`), ...prefix.map((one) => `${one}*`)];
      return [provider === 'minio' ? 'minio.default' : provider, full, ...filters].join(' ');
    })
    .sort()
    .join('\n');
}

function sharing({ members, delegation, thresholdSeconds }: Sharing): string {
  const names = members.map((one) => `${one.priority} ${one.type} ${one.clusterId || (one.url ?? '')} ${one.serviceName}`).sort();
  return names.length === 0 ? '' : [...names, `${delegation ?? 'never'} after ${thresholdSeconds ?? 'as the cluster is set'}`].join('\n');
}
