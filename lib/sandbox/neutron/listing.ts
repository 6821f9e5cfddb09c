import type { Call } from '../http/call';
import { neutronError } from './errors';

type Shown = Record<string, unknown> & { id: string; tags?: unknown };
const notFilters = new Set([
  'limit',
  'marker',
  'page_reverse',
  'sort_key',
  'sort_dir',
  'fields',
  'tags',
  'tags-any',
  'not-tags',
  'not-tags-any',
  'fixed_ips',
]);

/**
 * A list of Neutron's with its query: any attribute as a filter (given twice: either), tags, fields, sorting, and pages by
 * `limit` and `marker`.
 * @param collection name of the list in the answer: `networks`
 * @param address of the list, for the links to the other pages
 */
export function listing(call: Call, collection: string, all: Shown[], address: string): Record<string, unknown> {
  const kept = all.filter((item) => matches(call.query, item));
  const key = call.query.get('sort_key');
  if (key) {
    const sign = call.query.get('sort_dir') === 'desc' ? -1 : 1;
    kept.sort((one, other) => sign * String(one[key] ?? '').localeCompare(String(other[key] ?? '')));
  } else if (call.query.has('limit')) kept.sort((one, other) => one.id.localeCompare(other.id));
  const { items, links } = cut(call, collection, kept, address);
  const fields = call.query.getAll('fields');
  const shown =
    fields.length === 0 ? items : items.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))));
  return { [collection]: shown, ...(links ? { [`${collection}_links`]: links } : {}) };
}

function matches(query: URLSearchParams, item: Shown): boolean {
  const tags = Array.isArray(item.tags) ? item.tags.map(String) : [];
  const asked = (name: string) => query.getAll(name).flatMap((value) => value.split(','));
  if (!asked('tags').every((tag) => tags.includes(tag))) return false;
  if (query.has('tags-any') && !asked('tags-any').some((tag) => tags.includes(tag))) return false;
  if (query.has('not-tags') && asked('not-tags').every((tag) => tags.includes(tag))) return false;
  if (!query.getAll('fixed_ips').every((condition) => hasFixedIp(item.fixed_ips, condition))) return false;
  return [...new Set(query.keys())].every((name) => {
    if (notFilters.has(name) || !(name in item)) return true;
    return query.getAll(name).some((value) => same(item[name], value));
  });
}

function same(actual: unknown, wanted: string): boolean {
  if (typeof actual === 'boolean') return ['true', '1', 'yes'].includes(wanted.toLowerCase()) === actual;
  if (Array.isArray(actual)) return actual.includes(wanted);
  return String(actual ?? '') === wanted;
}

function hasFixedIp(fixedIps: unknown, condition: string): boolean {
  const [name = '', value] = condition.split('=');
  return (
    Array.isArray(fixedIps) && fixedIps.some((ip: unknown) => typeof ip === 'object' && ip !== null && Reflect.get(ip, name) === value)
  );
}

function cut(call: Call, collection: string, all: Shown[], address: string): { items: Shown[]; links?: { rel: string; href: string }[] } {
  const limitText = call.query.get('limit');
  const marker = call.query.get('marker');
  if (limitText === null && marker === null) return { items: all };
  if (limitText !== null && !/^\d+$/.test(limitText))
    throw neutronError(400, 'BadRequest', `Bad limit request: Limit must be an integer 0 or greater and not '${limitText}'.`);
  const at = marker === null ? -1 : all.findIndex((item) => item.id === marker);
  if (marker !== null && at < 0) throw neutronError(404, 'NotFound', `${collection} ${marker} could not be found.`);
  const limit = Number(limitText) || all.length;
  const items = all.slice(at + 1, at + 1 + limit);
  const link = (rel: string, at: string, reverse: boolean) => {
    const query = new URLSearchParams(call.query);
    query.set('marker', at);
    if (reverse) query.set('page_reverse', 'True');
    return { rel, href: `${address}?${query}` };
  };
  const first = items[0];
  const last = items.at(-1);
  const links = [
    ...(last && items.length === limit ? [link('next', last.id, false)] : []),
    ...(first ? [link('previous', first.id, true)] : []),
  ];
  return links.length > 0 ? { items, links } : { items };
}
