import { sql } from 'kysely';
import { leaseOf } from '@/lib/leases/blazar/translate';
import type { Lease } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import { isOwn } from './own';
import type { KeptLease, TellingPorts } from './types';

/** Of these nothing is told any more, or not yet. */
const quiet = ['GONE', 'TERMINATED', 'MAKING'];

interface Row {
  userId: string;
  site: string;
  project: string;
  leaseId: string;
  lease: Lease;
  path: string;
}

/**
 * The leases that people are to be told of, as they are kept here: those that they made or took over here, and those that deployments of theirs stand on.
 * Notes since when each ends when it does.
 */
export async function keptLeases(ports: TellingPorts): Promise<KeptLease[]> {
  const [own, standing] = await Promise.all([ownLeases(ports), standingOn(ports)]);
  const rows = own.map((row) => withNewerEnd(row, standing));
  const known = new Set(rows.map(placeOf));
  for (const row of standing.flatMap(madeForIt)) {
    if (!known.has(placeOf(row))) rows.push(row);
    known.add(placeOf(row));
  }
  const sites = await sitesOf(ports, rows);
  const kept = await Promise.all(rows.map((row) => keep(ports, row, rows, standing, sites.get(`${row.userId} ${row.site}`))));
  return kept.filter((each) => each !== null);
}

type Standing = Awaited<ReturnType<typeof standingOn>>[number];

async function keep(
  ports: TellingPorts,
  row: Row,
  rows: readonly Row[],
  standing: readonly Standing[],
  site: Site | undefined,
): Promise<KeptLease | null> {
  if (!site) return null;
  const rules = site.rules.leases ?? {};
  const on = standing.filter((each) => isOn(each, row));
  const nodeType = nodeTypeOf(row.lease) ?? rules.defaultNodeType;
  const others = rows.filter((other) => other !== row && sameKind(other, row, nodeType, rules.defaultNodeType));
  return {
    userId: row.userId,
    site,
    rules,
    lease: row.lease,
    path: row.path,
    ...(await sinceWhen(ports, row)),
    deployments: on.filter(({ wanted }) => wanted !== 'deleted').map(({ name }) => name),
    used: on.length > 0,
    others: others.map(({ lease }) => lease),
    nodeType: row.lease.reservations.some(({ kind }) => kind === 'physical:host') ? nodeType : undefined,
  };
}

const placeOf = ({ userId, site, leaseId }: Row): string => JSON.stringify([userId, site, leaseId]);
const isOn = ({ user_id, site, cloud_id }: Standing, row: Row): boolean =>
  user_id === row.userId && site === row.site && cloud_id === row.leaseId;

// What a deployment stands on is looked at each minute.
function withNewerEnd(row: Row, standing: readonly Standing[]): Row {
  const end = standing.find((each) => isOn(each, row) && each.wanted !== 'deleted')?.observed.end;
  return typeof end === 'string' ? { ...row, lease: { ...row.lease, end: Date.parse(end) } } : row;
}

/** The lease that was made on the way of a deployment that lives, though nobody has looked at the project's leases yet. */
function madeForIt({ user_id, id, site, project, cloud_id, wanted, observed, name, created_at }: Standing): Row[] {
  const { start, end, status } = observed;
  if (cloud_id === null || wanted === 'deleted' || typeof start !== 'string' || typeof end !== 'string') return [];
  const lease: Lease = {
    id: cloud_id,
    name,
    status: typeof status === 'string' ? status : 'PENDING',
    start: Date.parse(start),
    end: Date.parse(end),
    degraded: observed.degraded === true,
    reservations: [],
    createdAt: created_at.getTime(),
  };
  return quiet.includes(lease.status) ? [] : [{ userId: user_id, site, project, leaseId: cloud_id, lease, path: `/deployments/${id}` }];
}

async function ownLeases({ store: { db }, clock }: TellingPorts): Promise<Row[]> {
  const now = clock.now();
  const rows = await db
    .selectFrom('leases')
    .selectAll()
    .where('lease_id', 'is not', null)
    .where('told', 'is not', null)
    .where('status', 'not in', quiet)
    // of one that its site is to be asked of now, what is known may be wrong: it is told of once the site has answered, or does not
    .where(({ or, eb }) => or([eb('look_at', 'is', null), eb('look_at', '>', now)]))
    .where(isOwn)
    .execute();
  return rows.flatMap(({ id, user_id: userId, site, project, lease_id: leaseId, told, name, status, starts_at, ends_at, degraded }) => {
    if (leaseId === null || told === null) return [];
    // as the site told it, kept whole; the columns beside it are newer
    const lease = leaseOf(told as CloudLease, null);
    return [
      {
        userId,
        site,
        project,
        leaseId,
        path: `/leases/${id}`,
        lease: { ...lease, id: leaseId, name, status, degraded, start: starts_at.getTime(), end: ends_at.getTime() },
      },
    ];
  });
}

/** What deployments stand, or stood, on which lease. */
function standingOn({ store: { db } }: TellingPorts) {
  return db
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .select(['deployments.id', 'deployments.user_id', 'deployments.name', 'deployments.wanted', 'deployments.created_at'])
    .select(['resources.site', 'resources.project', 'resources.cloud_id', 'resources.observed'])
    .where('resources.kind', '=', 'lease')
    .where(sql<boolean>`resources.cloud_id is not null`)
    .execute();
}

async function sitesOf({ sites }: TellingPorts, rows: readonly Row[]) {
  const keys = [...new Set(rows.map(({ userId, site }) => `${userId} ${site}`))];
  const found = await Promise.all(
    keys.map(async (key) => {
      const [userId = '', site = ''] = key.split(' ');
      return [key, await sites.find(userId, site)] as const;
    }),
  );
  return new Map(found);
}

function nodeTypeOf({ reservations }: Lease): string | undefined {
  return reservations.flatMap(({ where = [] }) => where).find(({ name, op }) => name === 'node_type' && (op === '=' || String(op) === '=='))
    ?.value;
}

function sameKind(other: Row, row: Row, nodeType: string | undefined, usual: string | undefined): boolean {
  const same = other.userId === row.userId && other.site === row.site && other.project === row.project;
  return same && nodeType !== undefined && (nodeTypeOf(other.lease) ?? usual) === nodeType;
}

/** Since when the lease has this end, and whether it had a later one before. */
async function sinceWhen(
  { store: { db }, clock }: TellingPorts,
  { userId, site, leaseId, lease }: Row,
): Promise<Pick<KeptLease, 'since' | 'shortened'>> {
  const before = await db
    .selectFrom('lease_ends')
    .select(['ends_at', 'since', 'shortened'])
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
  if (before && before.ends_at.getTime() === lease.end) return { since: before.since.getTime(), shortened: before.shortened };
  // one that is seen for the first time has had its end since it was made
  const since = before ? clock.now() : new Date(lease.createdAt ?? clock.now());
  const now = { ends_at: new Date(lease.end), since, shortened: before !== undefined && lease.end < before.ends_at.getTime() };
  await db
    .insertInto('lease_ends')
    .values({ user_id: userId, site, lease_id: leaseId, ...now })
    .onConflict((conflict) => conflict.columns(['user_id', 'site', 'lease_id']).doUpdateSet(now))
    .execute();
  return { since: since.getTime(), shortened: now.shortened };
}
