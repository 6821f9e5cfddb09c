import { type Kysely, sql } from 'kysely';
import type { Limits } from '@/lib/core/config/limits';
import { AppError } from '@/lib/core/errors';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';

// any number that nothing else locks: "limits" read as base 36
const lockNumber = 1_301_073_616;

/**
 * Refuses what would be more than the operator lets one person, or one project of a site, have at once. To be asked in the transaction that adds the nodes: until it ends no other
 * process adds any.
 * @param about.plan as it is to stand; where less stands of that deployment already, what is more is added
 * @throws AppError `quota-exceeded` with the numbers
 */
export async function checkLimits(
  trx: Kysely<Schema>,
  limits: Limits,
  about: { userId: string; deploymentId: string; plan: Pick<Plan, 'nodes' | 'resources'> },
): Promise<void> {
  const { nodesPerPerson, nodesPerProject } = limits;
  if (nodesPerPerson === undefined && nodesPerProject === undefined) return;
  await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(trx);
  const servers = about.plan.resources.filter(({ kind }) => kind === 'server');
  const standing = await standingNodes(trx, about.userId, [...new Set(servers.map(({ site }) => site))]);
  const own = (rows: Standing[]) => rows.filter(({ deployment }) => deployment === about.deploymentId).length;
  const check = (most: number | undefined, rows: Standing[], wanted: number, refusal: (has: number, more: number) => AppError) => {
    const has = rows.length;
    const more = wanted - own(rows);
    if (most !== undefined && more > 0 && has + more > most) throw refusal(has, more);
  };
  const persons = standing.filter(({ user }) => user === about.userId);
  check(nodesPerPerson, persons, about.plan.nodes.length, (has, more) => ofPerson(nodesPerPerson ?? 0, has, more));
  for (const { site, project } of new Map(servers.map((server) => [placeOf(server), server])).values()) {
    const here = (place: { site: string; project: string | null }) => placeOf(place) === placeOf({ site, project });
    const wanted = servers.filter(here).length;
    check(nodesPerProject, standing.filter(here), wanted, (has, more) => ofProject(site, nodesPerProject ?? 0, has, more));
  }
}

const placeOf = ({ site, project }: { site: string; project: string | null }) => JSON.stringify([site, project]);

interface Standing {
  deployment: string;
  user: string;
  site: string;
  project: string | null;
}

// A server counts from when it is asked for until it is gone.
async function standingNodes(trx: Kysely<Schema>, userId: string, sites: string[]): Promise<Standing[]> {
  return trx
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .select(['deployments.id as deployment', 'deployments.user_id as user', 'resources.site', 'resources.project'])
    .where('resources.kind', '=', 'server')
    .where('deployments.deleted_at', 'is', null)
    .where((is) => is.or([is('deployments.user_id', '=', userId), ...(sites.length > 0 ? [is('resources.site', 'in', sites)] : [])]))
    .where((is) => is.or([is('resources.wanted', '=', 'present'), is('resources.phase', '<>', 'gone')]))
    .execute();
}

function ofPerson(most: number, has: number, more: number): AppError {
  return new AppError({
    code: 'quota-exceeded',
    title: 'That is more than one person may have here',
    detail: `Who runs this Transat lets a person have ${most} nodes at once. You have ${has}, and this adds ${more}.`,
    remedy: 'Delete something or make it smaller first, or ask who runs this Transat for more.',
  });
}

function ofProject(site: string, most: number, has: number, more: number): AppError {
  return new AppError({
    code: 'quota-exceeded',
    title: 'That is more than one project may have here',
    detail: `Who runs this Transat lets a project have ${most} nodes at once. At ${site} this one has ${has}, and this adds ${more}.`,
    remedy: 'Delete something or make it smaller first, or ask who runs this Transat for more.',
  });
}
