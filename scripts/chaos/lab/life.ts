import { setTimeout as sleep } from 'node:timers/promises';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { Dice } from '@/lib/deploying/testing/chaos/dice';
import type { Api } from '../../../e2e/lib/api';
import { leftovers } from '../../../e2e/lib/lab';
import { serversOf } from '../../bench/lab-bare';
import { answered } from './calling';
import { simulateAgents } from './simulated-agents';

const most = 4;
const withinMs = 600_000;

/** Where its machines are to be, as a plan has it. */
export type Placement = Record<string, unknown>;

/**
 * One deployment's life, whoever dies meanwhile: made, grown or shrunk, deleted.
 * @returns what of it was not as was asked for: empty where nothing was lost, made twice or left over
 */
export async function live(api: Api, name: string, at: Placement, dice: Dice): Promise<string[]> {
  const first = 1 + dice.upTo(name, most - 1);
  const then = 1 + dice.upTo(name, most - 1);
  const id = await make(api, { recipe: 'many', name, inputs: { machine_count: first }, placement: { machine: at } });
  const broken: string[] = [];
  const told = (what: string) => broken.push(`${name} (${id}): ${what}`);
  await state(api, id, ['configuring', 'ready']);
  let machines = await serversOf(id);
  for (const what of wrong(machines, first)) told(what);
  const agents = [simulateAgents(machines.map(({ userData }) => userData))];
  try {
    await state(api, id, ['ready']);
    if (then !== first) {
      // fewer machines lose what is on them, which is to be confirmed by the name
      await change(api, id, { inputs: { machine_count: then }, confirm: name });
      const known = new Set(machines.map((machine) => machine.id));
      await until(async () => {
        machines = await serversOf(id);
        return machines.length === then && machines.every(({ status }) => status === 'ACTIVE');
      }, `${name} has not ${then} machines`);
      agents.push(simulateAgents(machines.filter((machine) => !known.has(machine.id)).map(({ userData }) => userData)));
      await state(api, id, ['ready']);
      for (const what of wrong(await serversOf(id), then)) told(what);
    }
  } finally {
    await answered(api, 'DELETE', `/deployments/${id}`);
    await state(api, id, ['deleted']);
    await Promise.all(agents.map((one) => one.end()));
  }
  const left = await leftovers(id);
  if (left.length > 0) told(`left over: ${left.join(', ')}`);
  return broken;
}

function wrong(machines: readonly { name: string }[], wanted: number): string[] {
  const names = machines.map(({ name }) => name);
  const twice = names.filter((one, index) => names.indexOf(one) !== index);
  return [
    ...(twice.length > 0 ? [`made twice: ${twice.join(', ')}`] : []),
    ...(new Set(names).size < wanted ? [`lost: of ${wanted} machines there are ${names.join(', ')}`] : []),
    ...(new Set(names).size > wanted ? [`too many: of ${wanted} machines there are ${names.join(', ')}`] : []),
  ];
}

// Here as well the answer may be lost after the work: what has another version is changed.
async function change(api: Api, id: string, body: Record<string, unknown>): Promise<void> {
  const revision = async () => (await answered<DeploymentView>(api, 'GET', `/deployments/${id}`)).revision;
  const before = await revision();
  await until(async () => {
    await api.call('PATCH', `/deployments/${id}`, body).catch(() => null);
    return (await revision()) > before;
  }, `${id} could not be changed`);
}

// The answer may be lost after the work: one of that name is the one.
async function make(api: Api, body: Record<string, unknown>): Promise<string> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(500)) {
    const { items } = await answered<{ items: { id: string; name: string }[] }>(api, 'GET', '/deployments?limit=200');
    const there = items.find(({ name }) => name === body.name);
    if (there) return there.id;
    await api.call('POST', '/deployments', body).catch(() => null);
  }
  throw new Error(`${body.name} could not be asked for`);
}

async function state(api: Api, id: string, states: readonly DeploymentView['state'][]): Promise<void> {
  let last = '';
  await until(
    async () => {
      const seen = await answered<DeploymentView>(api, 'GET', `/deployments/${id}`);
      last = `${seen.state} ${JSON.stringify(seen.problem)}`;
      return states.includes(seen.state);
    },
    () => `${id} is not ${states.join(' or ')}: ${last}`,
  );
}

async function until(holds: () => Promise<boolean>, why: string | (() => string)): Promise<void> {
  for (const end = Date.now() + withinMs; !(await holds()); await sleep(1000))
    if (Date.now() > end) throw new Error(typeof why === 'string' ? why : why());
}
