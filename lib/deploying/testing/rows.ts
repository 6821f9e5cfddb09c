import type { Ledger, Node, Resource } from '../ledger/ledger';
import { clusterPlan } from './fixture-plan';

export const noon = new Date('2030-01-01T12:00:00Z');

/** A deployment of a front-end and a worker as it stands when all is ready; tests change what they are about. */
export function standingLedger(): Ledger {
  const plan = clusterPlan(1);
  const resources = plan.resources.map(
    ({ key, kind, site, project, credential, dependsOn, summary, spec }): Resource => ({
      deployment_id: 'dep_abcdefghij',
      key,
      kind: kind === 'lease' ? 'server' : kind,
      site,
      project,
      credential,
      group_name: null,
      depends_on: dependsOn,
      summary,
      spec,
      wanted: 'present',
      phase: 'ready',
      cloud_id: `id-${key}`,
      observed: spec.kind === 'server' ? { status: 'ACTIVE', power: 'running' } : {},
      unclear: false,
      attempts: 1,
      next_try_at: null,
      deadline_at: null,
      problem: null,
      version: 1,
      updated_at: new Date(noon.getTime() - 60_000),
    }),
  );
  const nodes = plan.nodes.map(
    ({ key, hostname, group, site, steps }): Node => ({
      id: `node-${key}`,
      deployment_id: 'dep_abcdefghij',
      key,
      group_name: group,
      site,
      hostname,
      state: 'ready',
      private_address: null,
      public_address: null,
      host_key: null,
      admissions: [],
      channel: 'callback',
      seq: 6,
      steps: steps.map(({ name, title }) => ({ name, title, state: 'done', attempt: 1 })),
      outputs: {},
      facts: {},
      problem: null,
      deadline_at: null,
      heard_at: noon,
      version: 1,
      wanted: 'running',
      reboot: null,
      drained_at: null,
      run_from: null,
      run_only: null,
      run_number: 0,
      run_ends: false,
      events_told: 0,
      log_bytes: 0,
      seals: 0,
      handed: 0,
    }),
  );
  const deployment = {
    id: 'dep_abcdefghij',
    user_id: 'u1',
    name: 'Test',
    state: 'ready',
    wanted: 'running',
    recipe: 'cluster',
    request: {},
    plan,
    sites: ['lab'],
    progress_done: 0,
    progress_total: 0,
    nodes_total: 2,
    nodes_ready: 2,
    nodes_failed: 0,
    problem: null,
    version: 1,
    created_at: noon,
    ready_at: noon,
    deleted_at: null,
    expires_at: null,
    lease_ends_at: null,
    revision: 1,
    updating: null,
  } satisfies Partial<Ledger['deployment']>;
  return { deployment: deployment as Ledger['deployment'], resources, nodes }; // columns that only lists read are left out
}

/** Changes the resource of that key. */
export function withResource(ledger: Ledger, key: string, change: Partial<Resource>): Ledger {
  return { ...ledger, resources: ledger.resources.map((resource) => (resource.key === key ? { ...resource, ...change } : resource)) };
}

/** Changes every node, or the one of that key. */
export function withNode(ledger: Ledger, change: Partial<Node>, only?: string): Ledger {
  return { ...ledger, nodes: ledger.nodes.map((node) => (only === undefined || node.key === only ? { ...node, ...change } : node)) };
}

export function withDeployment(ledger: Ledger, change: Partial<Ledger['deployment']>): Ledger {
  return { ...ledger, deployment: { ...ledger.deployment, ...change } };
}
