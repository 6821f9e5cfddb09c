import { AppError } from '@/lib/core/errors';
import { newId, shortId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import { masked } from '@/lib/inputs/masked';
import { generateSecret } from '@/lib/nodes/secrets/generate';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import type { SecretParts } from '@/lib/nodes/values';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import { writeEvents } from '../ledger/events';
import { insertDeployment } from '../ledger/insert';
import { deploymentKey, sealSecret } from '../ledger/secrets';
import type { Ports } from '../ports';
import { checkLimits } from './limits';

export interface NewDeployment {
  person: { id: string };
  name: string;
  request: PlanRequest;
  plan: Plan;
  expiresAt?: Date;
}

/**
 * Keeps a plan as a deployment and asks a worker to begin: its ledger, nodes and secrets, in one transaction. Nothing is asked of a site here.
 * @throws AppError the plan's first error, where it has one; `quota-exceeded` where the operator lets no more stand
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
      name: secret,
      sealed: await sealSecret(vault, person.id, id, secret, parts),
    })),
  );
  const first = {
    id,
    userId: person.id,
    name,
    request: withoutSecrets(request, plan),
    plan,
    expiresAt: given.expiresAt ?? null,
    nodeIds: new Map(plan.nodes.map(({ key }) => [key, newId('node')])),
    secrets: sealed,
  };
  await store.db.transaction().execute(async (trx) => {
    await checkLimits(trx, ports.limits, { userId: person.id, deploymentId: id, plan });
    await insertDeployment(trx, first, now);
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
  return secrets;
}

function withoutSecrets(request: PlanRequest, plan: Plan): PlanRequest {
  const hidden = new Set(plan.secrets.filter(({ given }) => given).map(({ name }) => name));
  const inputs = Object.entries(request.inputs).map(([name, value]) => [name, hidden.has(name) ? masked : value]);
  return { ...request, inputs: Object.fromEntries(inputs) };
}
