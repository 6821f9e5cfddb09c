import type { z } from 'zod';
import type { Config } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { toBlazar } from '@/lib/openstack/reservation/dates';
import type { Listed, Span } from '@/lib/openstack/types';
import { readDocument } from '@/lib/web';
import { jsonOf } from '@/lib/web/answer';
import type { Site } from '../types';
import { flavorTimes, leasableFlavor, node, nodeTimes, page } from './read';
import type { FlavorRoom, HardwareNode, LeasableFlavor, NodeTimes, Registry } from './types';

const PAGE = 500;
const MOST_PAGES = 40;
const ASK_MS = 15_000;

/**
 * The registry in which a site's hardware can be looked up without signing in.
 * @returns null where there is none, or the operator wants none asked
 */
export function registryOf({ directoryRefresh, sandboxUrl }: Pick<Config, 'directoryRefresh' | 'sandboxUrl'>, site: Site): Registry | null {
  if (site.registered === undefined) return null;
  if (site.sandbox) return { id: 'sandbox-registry', url: `${sandboxUrl}/registry`, named: true };
  const { chameleon } = directoryRefresh;
  return chameleon && { id: 'chameleon-registry', ...chameleon };
}

/**
 * All nodes of a site, or those that nobody has in a span.
 * (https://api.chameleoncloud.org/docs, Search nodes)
 * @param site the registry's name for it
 * @returns a node that can't be read is a gap
 * @throws AppError as every reading of a document
 */
export async function readNodes(registry: Registry, site: string, free?: Span): Promise<Listed<HardwareNode>> {
  const span: Record<string, string> = free ? { start: free.start, end: free.end } : {};
  return readAll(registry, '/nodes/search', { site_id: site, ...span }, node);
}

/** When a node is taken. */
export async function readNodeTimes(registry: Registry, site: string, uid: string): Promise<NodeTimes> {
  return ask(
    registry,
    `/sites/${encodeURIComponent(site)}/clusters/chameleon/nodes/${encodeURIComponent(uid)}/availability`,
    {},
    nodeTimes,
  );
}

/** The flavors of which a site leases machines; none where it leases whole nodes. */
export async function readLeasableFlavors(registry: Registry, site: string): Promise<Listed<LeasableFlavor>> {
  return readAll(registry, `/sites/${encodeURIComponent(site)}/flavors`, {}, leasableFlavor);
}

/** How many machines of a flavor (by name) are free when. */
export async function readFlavorTimes(registry: Registry, site: string, flavor: string, { start, end }: Span): Promise<FlavorRoom[]> {
  const path = `/sites/${encodeURIComponent(site)}/flavors/${encodeURIComponent(flavor)}/availability`;
  return ask(registry, path, { start_date: toBlazar(start, 'down'), end_date: toBlazar(end, 'down') }, flavorTimes);
}

async function readAll<T>(registry: Registry, path: string, query: Record<string, string>, row: z.ZodType<T>): Promise<Listed<T>> {
  const listed: Listed<T> = { items: [], gaps: [] };
  for (let number = 0, offset = 0; number < MOST_PAGES; number++) {
    const { items, total } = await ask(registry, path, { ...query, offset: String(offset), limit: String(PAGE) }, page);
    for (const raw of items) {
      const parsed = row.safeParse(raw);
      if (parsed.success) listed.items.push(parsed.data);
      else listed.gaps.push({ id: uidOf(raw), problem: problemOf(parsed.error) });
    }
    offset += items.length;
    if (items.length === 0 || offset >= total) break;
  }
  return listed;
}

async function ask<T extends z.ZodType>({ id, url, named }: Registry, path: string, query: Record<string, string>, schema: T) {
  const address = new URL(url + path);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await readDocument({ id, url: address.href, named }, { timeoutMs: ASK_MS });
  const parsed = schema.safeParse(jsonOf({ body: answer?.text ?? '' }));
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'upstream-failed',
    title: 'The registry of hardware can’t be read',
    detail: `${address.host} answered in another form (${problemOf(parsed.error)}).`,
    remedy: 'Sign in to the site: it tells its hosts itself.',
    upstream: { service: 'directory', status: 200, message: 'an answer of another form' },
  });
}

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'unreadable'}`;
}

function uidOf(raw: unknown): string | undefined {
  return typeof raw === 'object' && raw !== null && 'uid' in raw && typeof raw.uid === 'string' ? raw.uid : undefined;
}
