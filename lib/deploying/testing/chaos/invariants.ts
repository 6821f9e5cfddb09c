import type { Plan } from '@/lib/planning/types';
import { nodeOf } from '../../kinds';
import { nameOf } from '../../ledger/names';
import type { World } from '../world';

/** What is not as it was asked for of a deployment that has come to rest. */
export async function standingWrong(world: World, id: string): Promise<string[]> {
  const { deployment, resources, nodes } = await world.ledger(id);
  if (deployment.state === 'deleted') return [...doubles(world), ...(await secretsTold(world, id))];
  const wanted = deployment.plan.resources.map(({ key }) => nameOf(id, key)).sort();
  const there = world.cloud
    .ours(nameOf(id, ''))
    .map(({ name }) => name)
    .sort();
  const keys = deployment.plan.nodes.map(({ key }) => key).sort();
  const known = nodes.map(({ key }) => key).sort();
  const powers = new Set(resources.flatMap(({ spec, observed }) => (nodeOf(spec) === undefined ? [] : [observed.power])));
  const flavors = wrongFlavors(world, id, deployment.plan);
  return [
    ...flavors,
    ...(same(wanted, there) ? [] : [`at the site is ${there.join(' ')}, and planned is ${wanted.join(' ')}`]),
    ...(same(keys, known) ? [] : [`known are the nodes ${known.join(' ')}, and planned are ${keys.join(' ')}`]),
    ...(deployment.updating === null ? [] : ['a change is under way for ever']),
    ...(deployment.wanted === 'running' && deployment.state === 'ready' && powers.has('stopped')
      ? ['it is ready, and a machine is stopped']
      : []),
    ...resources.filter(({ phase }) => phase !== 'ready').map(({ key, phase }) => `${key} is ${phase}`),
    ...doubles(world),
    ...(await secretsTold(world, id)),
  ];
}

// What was created while no host had room may be of a flavor that the plan names as another way.
function wrongFlavors({ cloud }: World, id: string, { resources }: Plan): string[] {
  return resources.flatMap(({ key, spec }) => {
    if (spec.kind !== 'server') return [];
    const thing = cloud.ofKind('server').find(({ name }) => name === nameOf(id, key));
    const known = [spec.flavorId, ...spec.alternatives.flatMap(({ flavorId = [] }) => flavorId)];
    const half = thing?.resize === undefined ? [] : [`${key} waits for a word on its other flavor for ever`];
    return thing && !known.includes(String(thing.flavorId))
      ? [`${key} is of the flavor ${thing.flavorId}, and planned is ${spec.flavorId}`, ...half]
      : half;
  });
}

const same = (one: string[], other: string[]) => one.join(' ') === other.join(' ');

function doubles(world: World): string[] {
  return [...world.cloud.most].filter(([, most]) => most > 1).map(([name, most]) => `there were ${most} of ${name} at once`);
}

/** What is left at the site of a deployment that is deleted, and what went of others. */
export function leftOf({ cloud }: World, others: ReadonlySet<string>): string[] {
  return [
    ...[...cloud.things.values()].filter(({ id }) => !others.has(id)).map(({ kind, name }) => `left over: ${kind} ${name}`),
    ...[...others].filter((id) => !cloud.things.has(id)).map((id) => `somebody else’s ${id} is gone`),
  ];
}

// The vault of tests keeps secrets as they are, so they can be looked for.
async function secretsTold({ ports: { store } }: World, id: string): Promise<string[]> {
  const sealed = await store.db.selectFrom('deployment_secrets').select(['name', 'sealed']).where('deployment_id', '=', id).execute();
  const events = await store.db.selectFrom('events').select(['message', 'data']).where('deployment_id', '=', id).execute();
  const row = await store.db.selectFrom('deployments').select(['problem', 'plan', 'request']).where('id', '=', id).executeTakeFirst();
  const said = JSON.stringify([events, row]);
  return sealed.flatMap(({ name, sealed: text }) => {
    const parts: unknown = JSON.parse(Buffer.from(text).toString('utf8'));
    const values = Object.values(parts as Record<string, unknown>).filter((value) => typeof value === 'string' && value.length > 7);
    const secret = name === 'password' && values.some((value) => said.includes(String(value)));
    return secret ? [`the secret ${name} was told`] : [];
  });
}
