import type { Selectable } from 'kysely';
import { drainableGroups } from '@/lib/catalog/drainable';
import { bootWait } from '@/lib/deploying/kinds/times';
import { isOfStep } from '@/lib/deploying/nodes/faults/faults';
import type { EventRow, LogLineRow, NodeRow, ResourceRow, StepState } from '@/lib/store/schema';
import type { NodeView, ResourceView } from '../contract/deployments';
import type { DeploymentEvent, LogLine } from '../contract/history';
import { decodeNumber, encodeCursor } from '../http/paging';
import type { Services } from '../services';
import { problemView } from '../views';
import { otherAddresses } from './other-addresses';
import type { StoredDeployment } from './stored';

/** The ledger's rows of a deployment, in the order of its plan. */
export async function readResources({ store }: Services, { id, plan }: StoredDeployment): Promise<ResourceView[]> {
  const rows = await store.db.selectFrom('resources').selectAll().where('deployment_id', '=', id).execute();
  return sortByPlan(rows.map(resourceView), plan.resources);
}

/** The nodes of a deployment, in the order of its plan; one whose step failed with the last lines that the step printed. */
export async function readNodes(services: Services, { id, plan, state, request }: StoredDeployment): Promise<NodeView[]> {
  const rows = await services.store.db.selectFrom('nodes').selectAll().where('deployment_id', '=', id).execute();
  const metal = new Set(plan.nodes.flatMap(({ key, bareMetal }) => (bareMetal ? [key] : [])));
  const servers = new Map(plan.resources.flatMap(({ key, spec }) => (spec.kind === 'server' ? [[key, spec.node] as const] : [])));
  const observed = await services.store.db
    .selectFrom('resources')
    .select(['key', 'observed'])
    .where('deployment_id', '=', id)
    .where('kind', '=', 'server')
    .execute();
  const listed = new Map(observed.map(({ key, observed: { addresses } }) => [servers.get(key), addresses]));
  const drains = drainableGroups(services.catalog, request);
  const nodes = await Promise.all(
    rows.map(async (row) =>
      withLog(services, id, { ...nodeView(row, metal.has(row.key), listed.get(row.key)), drains: drains.has(row.group_name) }),
    ),
  );
  return sortByPlan(nodes, plan.nodes).map((node) => (state === 'deleted' ? { ...node, state: 'gone' } : node));
}

const LINES_OF_FAILURE = 12;

async function withLog({ store }: Services, id: string, node: NodeView): Promise<NodeView> {
  const { problem } = node;
  if (!problem || !isOfStep(problem.code) || problem.upstream) return node;
  const lines = await store.db
    .selectFrom('log_lines')
    .select('text')
    .where('deployment_id', '=', id)
    .where('node', '=', node.key)
    .$if(failedStep(node) !== undefined, (select) => select.where('step', '=', failedStep(node) ?? ''))
    .orderBy('id', 'desc')
    .limit(LINES_OF_FAILURE)
    .execute();
  const message = lines
    .toReversed()
    .map(({ text }) => text)
    .join('\n');
  return message === '' ? node : { ...node, problem: { ...problem, upstream: { service: 'log', message } } };
}

const failedStep = ({ steps }: NodeView): string | undefined => steps.find(({ state }) => state === 'failed')?.name;

/** A slice of what grows at its end: events, log lines. */
export interface Slice {
  limit: number;
  /** number after which it begins */
  after: number;
}

/** Events of a deployment, the oldest first. */
export async function readEvents({ store }: Services, id: string, { limit, after }: Slice): Promise<DeploymentEvent[]> {
  const rows = await store.db
    .selectFrom('events')
    .selectAll()
    .where('deployment_id', '=', id)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(eventView);
}

/** Log lines of a deployment, or of one of its nodes, the oldest first. */
export async function readLog({ store }: Services, id: string, node: string | undefined, { limit, after }: Slice): Promise<LogLine[]> {
  const rows = await store.db
    .selectFrom('log_lines')
    .selectAll()
    .where('deployment_id', '=', id)
    .$if(node !== undefined, (select) => select.where('node', '=', node ?? ''))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(logLineView);
}

/** The number after which the last `count` log lines begin. */
export async function tailOfLog({ store }: Services, id: string, node: string | undefined, count: number): Promise<number> {
  const row = await store.db
    .selectFrom('log_lines')
    .select('id')
    .where('deployment_id', '=', id)
    .$if(node !== undefined, (select) => select.where('node', '=', node ?? ''))
    .orderBy('id', 'desc')
    .offset(count)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** A page of {@link readEvents} or {@link readLog}. */
export async function pageOfNumbered<T extends { id: number }>(
  { limit, cursor }: { limit: number; cursor?: string },
  read: (slice: Slice) => Promise<T[]>,
): Promise<{ items: T[]; next: string | null }> {
  const after = decodeNumber(cursor);
  const found = await read({ limit: limit + 1, after });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last ? encodeCursor([last.id]) : null };
}

function sortByPlan<T extends { key: string }>(items: T[], planned: readonly { key: string }[]): T[] {
  const order = new Map(planned.map(({ key }, index) => [key, index]));
  const rank = ({ key }: T) => order.get(key) ?? planned.length;
  return items.toSorted((a, b) => rank(a) - rank(b) || a.key.localeCompare(b.key, 'en', { numeric: true }));
}

function resourceView(row: Selectable<ResourceRow>): ResourceView {
  return {
    key: row.key,
    kind: row.kind,
    site: row.site,
    project: row.project,
    group: row.group_name,
    dependsOn: row.depends_on,
    summary: row.summary,
    wanted: row.wanted,
    phase: row.phase,
    cloudId: row.cloud_id,
    observed: row.observed,
    attempts: row.attempts,
    problem: problemView(row.problem),
    updatedAt: row.updated_at.toISOString(),
  };
}

function nodeView(row: Selectable<NodeRow>, bareMetal: boolean, listed: unknown): Omit<NodeView, 'drains'> {
  const { state, deadline_at: until } = row;
  const since = until && new Date(until.getTime() - bootWait(bareMetal) * 1000);
  return {
    id: row.id,
    key: row.key,
    group: row.group_name,
    site: row.site,
    hostname: row.hostname,
    state: row.state,
    privateAddress: row.private_address,
    publicAddress: row.public_address,
    otherAddresses: otherAddresses(listed, [row.private_address, row.public_address]),
    steps: row.steps.map(stepView),
    facts: row.facts,
    channel: row.channel,
    heardAt: row.heard_at?.toISOString() ?? null,
    ...(state === 'booting' && until && since && { starting: { since: since.toISOString(), until: until.toISOString() } }),
    drainedAt: row.drained_at?.toISOString() ?? null,
    problem: problemView(row.problem),
  };
}

function stepView({ name, title, state, attempt, startedAt, endedAt, exitCode }: StepState): NodeView['steps'][number] {
  return { name, title, state, attempt, startedAt, endedAt, exitCode };
}

function eventView({ id, at, level, stage, subject, message, data }: Selectable<EventRow>): DeploymentEvent {
  return { id, at: at.toISOString(), level, stage, subject, message, data };
}

function logLineView({ id, at, node, step, text }: Selectable<LogLineRow>): LogLine {
  return { id, at: at.toISOString(), node, step, text };
}
