import { z } from 'zod';

const PAGE = 500;

const link = z.object({ rel: z.string(), href: z.string() });
const page = z.looseObject({ next: z.string().optional() });
const items = z.array(z.unknown());
const withId = z.object({ id: z.string() });
const identified = z.union([
  withId.transform(({ id }) => id),
  z.object({ keypair: z.object({ name: z.string() }) }).transform(({ keypair }) => keypair.name),
]);

/** The query of one page of a list. */
export function listQuery(query: Record<string, string | undefined>, marker: string | undefined): Record<string, string | undefined> {
  return { ...query, limit: String(PAGE), marker };
}

/**
 * Reads one page: its items, and the marker of the next where there is one. Only the marker is taken from the service's link: sites
 * behind proxies write wrong hosts into it, and a token must not follow them. Without a marker there the last item's id is one.
 * @param collection the key of the list: `servers`, whose links are in `servers_links` (Glance: `next`)
 * @returns undefined when the answer has no such list
 */
export function markerAfter(json: unknown, collection: string): { items: unknown[]; marker?: string } | undefined {
  const body = page.safeParse(json);
  if (!body.success) return undefined;
  const list = items.safeParse(body.data[collection]);
  if (!list.success) return undefined;
  const links = z.array(link).safeParse(body.data[`${collection}_links`]);
  const href = body.data.next ?? (links.success ? links.data.find(({ rel }) => rel === 'next')?.href : undefined);
  if (href === undefined || list.data.length === 0) return { items: list.data };
  const last = withId.safeParse(list.data.at(-1));
  const marker = markerOf(href) ?? (last.success ? last.data.id : undefined);
  return { items: list.data, marker };
}

/** By what a thing in a list is told from others: its id; a key pair has only its name. */
export function idIn(item: unknown): string | undefined {
  const known = identified.safeParse(item);
  return known.success ? known.data : undefined;
}

function markerOf(href: string): string | undefined {
  const query = href.slice(href.indexOf('?') + 1);
  return href.includes('?') ? (new URLSearchParams(query).get('marker') ?? undefined) : undefined;
}
