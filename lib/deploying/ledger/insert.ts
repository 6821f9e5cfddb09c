import type { Insertable, Transaction } from 'kysely';
import type { Plan, PlannedNode, PlannedResource } from '@/lib/planning/types';
import type { NodeRow, Schema } from '@/lib/store/schema';
import { waitingStep } from './waiting-step';

/** A deployment before anything of it is made. */
export interface FirstRows {
  id: string;
  userId: string;
  name: string;
  /** what was asked for, without what is secret */
  request: object;
  plan: Plan;
  expiresAt: Date | null;
  /** ids of its nodes, by their keys */
  nodeIds: Map<string, string>;
  /** sealed, by name */
  secrets: { name: string; sealed: Buffer }[];
}

const rowsAtOnce = 500;

/** Writes a deployment's first rows. */
export async function insertDeployment(trx: Transaction<Schema>, first: FirstRows, now: Date): Promise<void> {
  const { id, plan } = first;
  await trx
    .insertInto('deployments')
    .values({
      id,
      user_id: first.userId,
      name: first.name,
      state: 'planned',
      recipe: plan.recipe.id,
      request: JSON.stringify(first.request),
      plan: JSON.stringify(plan),
      sites: [...new Set(plan.nodes.map(({ site }) => site))],
      progress_total: plan.resources.length + plan.nodes.length + plan.nodes.flatMap(({ steps }) => steps).length,
      nodes_total: plan.nodes.length,
      created_at: now,
      expires_at: first.expiresAt,
      lease_ends_at: soonest(plan.leases.map(({ end }) => end)),
    })
    .execute();
  await trx
    .insertInto('deployment_versions')
    .values({ deployment_id: id, number: 1, at: now, user_id: first.userId, request: JSON.stringify(first.request) })
    .execute();
  for (const rows of slices(resourceRows(id, plan.resources, now))) await trx.insertInto('resources').values(rows).execute();
  for (const rows of slices(nodeRows(first, plan.nodes))) await trx.insertInto('nodes').values(rows).execute();
  const sealed = first.secrets.map((secret) => ({ ...secret, deployment_id: id }));
  for (const rows of slices(sealed)) await trx.insertInto('deployment_secrets').values(rows).execute();
}

/** The first of some moments (ISO 8601); null where there are none. */
export function soonest(moments: readonly string[]): Date | null {
  return moments.length === 0 ? null : new Date(Math.min(...moments.map((moment) => Date.parse(moment))));
}

/** Rows of resources of which nothing is made. */
export function resourceRows(id: string, resources: readonly PlannedResource[], now: Date) {
  return resources.map(({ key, kind, site, project, credential, group, dependsOn, summary, spec }) => ({
    deployment_id: id,
    key,
    kind,
    site,
    project,
    credential,
    group_name: group ?? null,
    depends_on: dependsOn,
    summary,
    spec: JSON.stringify(spec),
    updated_at: now,
  }));
}

/** Rows of nodes that nobody has heard of. */
export function nodeRows({ id, nodeIds }: Pick<FirstRows, 'id' | 'nodeIds'>, nodes: readonly PlannedNode[]): Insertable<NodeRow>[] {
  return nodes.map(({ key, group, site, hostname, steps }) => {
    const nodeId = nodeIds.get(key);
    if (!nodeId) throw new Error(`Nothing was made for the node ${key} of ${id}`);
    return {
      id: nodeId,
      deployment_id: id,
      key,
      group_name: group,
      site,
      hostname,
      private_address: null,
      public_address: null,
      host_key: null,
      channel: null,
      steps: JSON.stringify(steps.map(waitingStep)),
      reboot: null,
      run_from: null,
      run_only: null,
    };
  });
}

export function slices<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
}
