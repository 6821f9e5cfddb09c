import type { Call } from '../http/call';
import { novaFault } from './errors';

const MOST = 1000;

/**
 * One page of a list, as Nova and Cinder cut it: `limit` and `marker` (the last id seen).
 * @returns the page and, where more follows, its `…_links`
 * @throws Refusal 400 for a marker that is not in the list
 */
export function page<T extends { id: string }>(
  call: Call,
  all: T[],
  address: string,
): { items: T[]; next?: { rel: string; href: string }[] } {
  const limitText = call.query.get('limit');
  if (limitText !== null && !/^\d+$/.test(limitText))
    throw novaFault(400, `Invalid input for query parameters limit. Value: ${limitText}. '${limitText}' does not match '^[0-9]*$'`);
  const limit = Math.min(limitText === null ? MOST : Number(limitText), MOST);
  const marker = call.query.get('marker');
  const at = marker === null ? -1 : all.findIndex((item) => item.id === marker);
  if (marker !== null && at < 0) throw novaFault(400, `marker [${marker}] not found`);
  const items = all.slice(at + 1, at + 1 + limit);
  const last = items.at(-1);
  // as Nova does: a full page has a next one, even where that will be empty
  if (!last || items.length < limit) return { items };
  const query = new URLSearchParams(call.query);
  query.set('marker', last.id);
  if (limitText === null) query.delete('limit');
  return { items, next: [{ rel: 'next', href: `${address}?${query}` }] };
}
