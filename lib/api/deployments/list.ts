import { type Selectable, sql } from 'kysely';
import { invalidInput } from '@/lib/core/problems';
import type { DeploymentRow } from '@/lib/store/schema';
import { type DeploymentSummary, deploymentStates } from '../contract/deployments';
import { decodeCursor, decodeMoment, encodeCursor } from '../http/paging';
import type { Services } from '../services';
import { readIdle } from './idle';

export interface DeploymentQuery {
  limit: number;
  cursor?: string;
  q?: string;
  /** one state, or several with commas */
  state?: string;
  /** only those of which a node works, or that have none */
  working?: 'true';
  site?: string;
  recipe?: string;
}

const columns = [
  'id',
  'name',
  'recipe',
  'recipe_name',
  'state',
  'wanted',
  'sites',
  'progress_done',
  'progress_total',
  'nodes_total',
  'nodes_ready',
  'nodes_failed',
  'created_at',
  'ready_at',
  'expires_at',
  'lease_ends_at',
  'ended_by',
  'lost',
] as const;
type SummaryRow = Pick<Selectable<DeploymentRow>, (typeof columns)[number]>;

/** A person's deployments, the newest first; those that were deleted only when that state is asked for. */
export async function listDeployments(
  { store, clock }: Services,
  userId: string,
  query: DeploymentQuery,
): Promise<{ items: DeploymentSummary[]; next: string | null }> {
  const [createdAt, id] = decodeCursor(query.cursor, 2) ?? [];
  const after = createdAt === undefined ? undefined : decodeMoment(createdAt);
  const states = readStates(query.state);
  const rows = await store.db
    .selectFrom('deployments')
    .select(columns)
    .where('user_id', '=', userId)
    .$if(states.length > 0, (select) => select.where('state', 'in', states))
    .$if(states.length === 0, (select) => select.where('state', '!=', 'deleted'))
    .$if(query.working !== undefined, (select) => select.where(sql<boolean>`(nodes_ready > 0 or nodes_total = 0)`))
    .$if(query.q !== undefined, (select) => select.where('name', 'ilike', `%${escapeLike(query.q ?? '')}%`))
    .$if(query.recipe !== undefined, (select) => select.where('recipe', '=', query.recipe ?? ''))
    .$if(query.site !== undefined, (select) => select.where(sql<boolean>`${query.site ?? ''} = any (sites)`))
    .$if(after !== undefined, (select) => select.where(sql<boolean>`(created_at, id) < (${after}, ${id})`))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > query.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null;
  const ids = page.map((row) => row.id);
  const [leases, idle] = await Promise.all([readLeases(store, ids), readIdle({ store, clock }, page)]);
  return { items: page.map((row) => summaryView(row, leases.get(row.id) ?? [], idle.get(row.id))), next };
}

/** What lists show of a deployment. */
export function summaryView(row: SummaryRow, leases: DeploymentSummary['leases'], idle: Date | undefined): DeploymentSummary {
  return {
    id: row.id,
    name: row.name,
    recipe: row.recipe,
    recipeName: row.recipe_name,
    state: row.state,
    wanted: row.wanted,
    progress: { done: row.progress_done, total: row.progress_total },
    sites: row.sites,
    nodes: { total: row.nodes_total, ready: row.nodes_ready, failed: row.nodes_failed },
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    leases,
    leaseEndsAt: row.lease_ends_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    idleSince: idle?.toISOString() ?? null,
    lost: row.lost ?? [],
  };
}

/** The leases that deployments stand on, with their ends as last seen. */
export async function readLeases({ db }: Services['store'], ids: string[]): Promise<Map<string, DeploymentSummary['leases']>> {
  const found = new Map<string, DeploymentSummary['leases']>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('resources')
    .select(['deployment_id', 'cloud_id', 'observed'])
    .where('deployment_id', 'in', ids)
    .where('kind', '=', 'lease')
    .where('cloud_id', 'is not', null)
    .execute();
  for (const { deployment_id, cloud_id, observed } of rows) {
    if (cloud_id === null || typeof observed.end !== 'string') continue;
    found.set(deployment_id, [...(found.get(deployment_id) ?? []), { id: cloud_id, end: observed.end }]);
  }
  return found;
}

function readStates(text: string | undefined): (typeof deploymentStates)[number][] {
  const named = text?.split(',').filter(Boolean) ?? [];
  const known = deploymentStates.filter((state) => named.includes(state));
  const unknown = named.find((name) => !known.some((state) => state === name));
  if (unknown === undefined) return known;
  throw invalidInput([{ path: 'state', message: `There is no state “${unknown}”; there are ${deploymentStates.join(', ')}.` }]);
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}
