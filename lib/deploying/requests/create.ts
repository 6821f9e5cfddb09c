import type { Transaction } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { newId, shortId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import { generateSecret } from '@/lib/nodes/secrets/generate';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import type { SecretParts } from '@/lib/nodes/values';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { writeEvents } from '../ledger/events';
import { deploymentKey, hostKeyOf, sealSecret, tokenOf } from '../ledger/secrets';
import { hashToken } from '../nodes/agent';
import type { Ports } from '../ports';

export interface NewDeployment {
  person: { id: string };
  name: string;
  request: PlanRequest;
  plan: Plan;
  expiresAt?: Date;
}

/** Shown in place of an input that is secret. */
const maskedInput = '***';
const rowsAtOnce = 500;

/**
 * Keeps a plan as a deployment and asks a worker to begin: its ledger, nodes and secrets, in one transaction. Nothing is asked of a site here.
 * @throws AppError the plan's first error, where it has one
 */
export async function createDeployment(ports: Ports, given: NewDeployment): Promise<{ id: string }> {
  const { person, plan, request, name } = given;
  const error = plan.problems.find(({ severity }) => severity === 'error');
  if (error) throw new AppError(error);
  const { store, clock, vault } = ports;
  const now = clock.now();
  const id = await freshId(ports);
  const secrets = await makeSecrets(plan, request, ports);
  const sealed = await Promise.all(
    [...secrets].map(async ([secret, parts]) => ({
      deployment_id: id,
      name: secret,
      sealed: await sealSecret(vault, person.id, id, secret, parts),
    })),
  );
  await store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('deployments')
      .values({
        id,
        user_id: person.id,
        name,
        state: 'planned',
        recipe: plan.recipe.id,
        request: JSON.stringify(withoutSecrets(request, plan)),
        plan: JSON.stringify(plan),
        sites: [...new Set(plan.nodes.map(({ site }) => site))],
        progress_total: plan.resources.length + plan.nodes.length + plan.nodes.flatMap(({ steps }) => steps).length,
        nodes_total: plan.nodes.length,
        created_at: now,
        expires_at: given.expiresAt ?? null,
      })
      .execute();
    await insertResources(trx, id, plan, now);
    await insertNodes(trx, id, plan, secrets);
    for (const rows of slices(sealed)) await trx.insertInto('deployment_secrets').values(rows).execute();
    const message = `${name} was asked for: ${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'} of ${plan.recipe.name}`;
    await writeEvents(store, trx, id, [{ level: 'info', stage: 'person', subject: null, message, data: { recipe: plan.recipe.id } }], now);
  });
  await store.enqueuePass(id);
  return { id };
}

// Names of cloud resources begin with the short form, so no two deployments that live may share it.
async function freshId(ports: Ports): Promise<string> {
  for (;;) {
    const id = newId('dep');
    const prefix = id.slice(0, id.indexOf(shortId(id)) + shortId(id).length);
    const taken = await ports.store.db.selectFrom('deployments').select('id').where('id', 'like', `${prefix}%`).executeTakeFirst();
    if (!taken) return id;
  }
}

async function makeSecrets(plan: Plan, request: PlanRequest, { clock }: Ports): Promise<Map<string, SecretParts>> {
  const secrets = new Map<string, SecretParts>();
  for (const { name, generate, given } of plan.secrets) {
    const value = request.inputs[name];
    secrets.set(name, given && typeof value === 'string' ? new Secret({ value }) : await generateSecret(generate, clock));
  }
  secrets.set(deploymentKey, generateKeyPair());
  for (const { key } of plan.nodes) {
    secrets.set(hostKeyOf(key), generateKeyPair());
    secrets.set(tokenOf(key), await generateSecret('token', clock));
  }
  return secrets;
}

function withoutSecrets(request: PlanRequest, plan: Plan): PlanRequest {
  const hidden = new Set(plan.secrets.filter(({ given }) => given).map(({ name }) => name));
  const inputs = Object.entries(request.inputs).map(([name, value]) => [name, hidden.has(name) ? maskedInput : value]);
  return { ...request, inputs: Object.fromEntries(inputs) };
}

async function insertResources(trx: Transaction<Schema>, id: string, plan: Plan, now: Date): Promise<void> {
  const rows = plan.resources.map(({ key, kind, site, project, credential, group, dependsOn, summary, spec }) => ({
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
  for (const some of slices(rows)) await trx.insertInto('resources').values(some).execute();
}

async function insertNodes(trx: Transaction<Schema>, id: string, plan: Plan, secrets: Map<string, SecretParts>): Promise<void> {
  const rows = plan.nodes.map(({ key, group, site, hostname, steps }) => ({
    id: newId('node'),
    deployment_id: id,
    key,
    group_name: group,
    site,
    hostname,
    private_address: null,
    public_address: null,
    host_key: secrets.get(hostKeyOf(key))?.reveal().public ?? null,
    token_hash: hashToken(new Secret(secrets.get(tokenOf(key))?.reveal().value ?? '')),
    channel: null,
    steps: JSON.stringify(steps.map(({ name, title }) => ({ name, title, state: 'waiting', attempt: 0 }))),
    reboot: null,
    run_from: null,
  }));
  for (const some of slices(rows)) await trx.insertInto('nodes').values(some).execute();
}

function slices<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
}
