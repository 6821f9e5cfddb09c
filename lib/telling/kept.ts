import { type Selectable, sql } from 'kysely';
import { leaseOf } from '@/lib/leases/blazar/translate';
import type { Lease } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import { isOwn } from '@/lib/store/own-leases';
import type { LeaseEndRow } from '@/lib/store/rows/telling';
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
  /** the end that was given to it here */
  ownEnd: number | null;
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
  const [sites, ends] = await Promise.all([sitesOf(ports, rows), knownEnds(ports, rows)]);
  const kept = await Promise.all(
    rows.map(async (row) =>
      keep(row, rows, standing, sites.get(`${row.userId} ${row.site}`), await sinceWhen(ports, row, ends.get(placeOf(row)))),
    ),
  );
  return kept.filter((each) => each !== null);
}

type Standing = Awaited<ReturnType<typeof standingOn>>[number];

function keep(
  row: Row,
  rows: readonly Row[],
  standing: readonly Standing[],
  site: Site | undefined,
  since: Pick<KeptLease, 'since' | 'shortened'>,
): KeptLease | null {
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
    ...since,
    deployments: on.filter(({ wanted }) => wanted !== 'deleted').map(({ name }) => name),
    used: on.some(({ booted }) => booted),
    others: others.map(({ lease }) => lease),
    nodeType: row.lease.reservations.some(({ kind }) => kind === 'physical:host') ? nodeType : undefined,
  };
}

const placeOf = ({ userId, site, leaseId }: Pick<Row, 'userId' | 'site' | 'leaseId'>): string => JSON.stringify([userId, site, leaseId]);
const isOn = ({ user_id, site, lease_id }: Standing, row: Row): boolean =>
  user_id === row.userId && site === row.site && lease_id === row.leaseId;

// What a deployment stands on is looked at each minute.
function withNewerEnd(row: Row, standing: readonly Standing[]): Row {
  const end = standing.find((each) => isOn(each, row) && each.wanted !== 'deleted')?.observed.end;
  return typeof end === 'string' ? { ...row, lease: { ...row.lease, end: Date.parse(end) } } : row;
}

/** The lease that was made on the way of a deployment that lives, though nobody has looked at the project's leases yet. */
function madeForIt({ user_id, id, site, project, lease_id, wanted, observed, name, created_at }: Standing): Row[] {
  const { start, end, status } = observed;
  if (lease_id === null || wanted === 'deleted' || typeof start !== 'string' || typeof end !== 'string') return [];
  const lease: Lease = {
    id: lease_id,
    name,
    status: typeof status === 'string' ? status : 'PENDING',
    start: Date.parse(start),
    end: Date.parse(end),
    degraded: observed.degraded === true,
    reservations: [],
    createdAt: created_at.getTime(),
  };
  const row = { userId: user_id, site, project, leaseId: lease_id, lease, path: `/deployments/${id}`, ownEnd: null };
  return quiet.includes(lease.status) ? [] : [row];
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
  return rows.flatMap(
    ({ id, user_id: userId, site, project, lease_id: leaseId, told, name, status, starts_at, ends_at, own_end, degraded }) => {
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
          ownEnd: own_end?.getTime() ?? null,
          lease: { ...lease, id: leaseId, name, status, degraded, start: starts_at.getTime(), end: ends_at.getTime() },
        },
      ];
    },
  );
}

/**
 * What deployments stand on which lease, or stood on one that goes on. `booted`: a server of theirs was there, which shows by what was seen of it, also
 * when it is gone.
 */
function standingOn({ store: { db } }: TellingPorts) {
  const leaseId = sql<string | null>`coalesce(resources.cloud_id, resources.spec #>> '{held,id}')`;
  const booted = sql<boolean>`exists (select 1 from resources server where server.deployment_id = resources.deployment_id
    and server.spec ->> 'lease' = resources.key and (server.cloud_id is not null or server.observed ?| array['status', 'replaced', 'lost']))`;
  return db
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .select(['deployments.id', 'deployments.user_id', 'deployments.name', 'deployments.wanted', 'deployments.created_at'])
    .select(['resources.site', 'resources.project', 'resources.observed', leaseId.as('lease_id'), booted.as('booted')])
    .where('resources.kind', '=', 'lease')
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('deployments.deleted_at', 'is', null),
        exists(
          selectFrom('leases')
            .select('leases.id')
            .whereRef('leases.user_id', '=', 'deployments.user_id')
            .whereRef('leases.site', '=', 'resources.site')
            .where('leases.lease_id', '=', leaseId)
            .where('leases.status', 'not in', quiet),
        ),
      ]),
    )
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

type KnownEnd = Pick<Selectable<LeaseEndRow>, 'ends_at' | 'since' | 'shortened'>;

/** The ends that leases were last seen to have, by whose and which they are. */
async function knownEnds({ store: { db } }: TellingPorts, rows: readonly Row[]): Promise<Map<string, KnownEnd>> {
  if (rows.length === 0) return new Map();
  const known = await db
    .selectFrom('lease_ends')
    .selectAll()
    .where('user_id', 'in', [...new Set(rows.map(({ userId }) => userId))])
    .execute();
  return new Map(known.map(({ user_id, site, lease_id, ...end }) => [placeOf({ userId: user_id, site, leaseId: lease_id }), end]));
}

/** Sites round ends to a minute. */
const roundedMs = 60_000;

/** Since when the lease has this end, and whether it had a later one before that nobody here took from it. */
async function sinceWhen(
  { store: { db }, clock }: TellingPorts,
  { userId, site, leaseId, lease, ownEnd }: Row,
  before: KnownEnd | undefined,
): Promise<Pick<KeptLease, 'since' | 'shortened'>> {
  if (before && before.ends_at.getTime() === lease.end) return { since: before.since.getTime(), shortened: before.shortened };
  // one that is seen for the first time has had its end since it was made
  const since = before ? clock.now() : new Date(lease.createdAt ?? clock.now());
  const own = ownEnd !== null && Math.abs(ownEnd - lease.end) < roundedMs;
  const now = { ends_at: new Date(lease.end), since, shortened: before !== undefined && lease.end < before.ends_at.getTime() && !own };
  await db
    .insertInto('lease_ends')
    .values({ user_id: userId, site, lease_id: leaseId, ...now })
    .onConflict((conflict) => conflict.columns(['user_id', 'site', 'lease_id']).doUpdateSet(now))
    .execute();
  return { since: since.getTime(), shortened: now.shortened };
}
