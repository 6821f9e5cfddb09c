import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { connectCloud } from '@/lib/openstack';
import type { Compute, NewServer } from '@/lib/openstack/types';
import type { Plan } from '@/lib/planning/types';
import { openStore } from '@/lib/store/store';
import { loadLedger } from '../ledger/load';
import { nameOf } from '../ledger/names';
import { NodePace } from '../nodes/pace';
import type { Ports } from '../ports';
import { createDeployment } from '../requests/create';
import { runWorker } from '../work/worker';
import { mightSpeak, plainVault, speak } from './agent-script';
import { FakeAgent } from './fake-agent';

// A worker in a process of its own, on a cloud that speaks HTTP, for tests that kill it. It tells on its output, a line of JSON each time that
// something has changed, how its one deployment stands. SPEAK=0: the nodes say nothing.
const { DIR = '', CLOUD = '', OFFSET = '', PLAN, SPEAK } = process.env;
const at = JSON.parse(CLOUD) as { authUrl: string; user: { name: string; domain: string; password: string }; project: string };

/** The machine's time, moved on by as much as the test says. */
const clock: Clock = { now: () => new Date(Date.now() + Number(readFileSync(OFFSET, 'utf8'))) };
const store = await openStore({ dataDir: DIR });
const ports: Ports = {
  store,
  clock,
  vault: plainVault,
  async openCloud() {
    const { password, ...user } = at.user;
    const endpoint = { site: 'lab', authUrl: at.authUrl, allowPrivate: true };
    const cloud = await connectCloud(endpoint, { kind: 'password', user, password: new Secret(password) }, at.project);
    return { ...cloud, compute: { ...cloud.compute, createServer: (server) => createServer(cloud.compute, server) } };
  },
  findSite: async () => undefined,
  callbackUrl: () => 'http://127.0.0.1:9',
  readNode: async () => [],
  readQueue: async () => null,
  pace: new NodePace(clock),
  limits: {},
  onFault: (error) => void process.stderr.write(`${String(error)}\n`),
};
await runWorker(ports);
const id = PLAN === undefined ? await theOne() : await deploy(JSON.parse(readFileSync(PLAN, 'utf8')) as Plan);
// its queue waits by the machine's time: told that the time was moved on, it looks
process.on('SIGUSR2', () => void store.enqueuePass(id));
let told = '';
for (;;) {
  await tell();
  if (SPEAK !== '0') await nodesSpeak();
  await new Promise((next) => setTimeout(next, 100));
}

// What a server is given is all that its agent has, also when another worker hears it.
function createServer(compute: Compute, server: NewServer): ReturnType<Compute['createServer']> {
  writeFileSync(userDataOf(server.name), server.userData.reveal());
  return compute.createServer(server);
}

function userDataOf(server: string): string {
  return join(DIR, '..', `${server}.user-data`);
}

async function nodesSpeak(): Promise<void> {
  const ledger = await loadLedger(store.db, id);
  for (const node of ledger?.nodes.filter(mightSpeak) ?? []) {
    const file = userDataOf(nameOf(id, `server-${node.key}`));
    if (existsSync(file)) await speak(new FakeAgent(ports, new Secret(readFileSync(file))), node, clock.now());
  }
}

async function deploy(plan: Plan): Promise<string> {
  const user = { id: 'u1', issuer: 'https://op', subject: 's', provider: 'op', name: 'Ada', created_at: clock.now() };
  await store.db.insertInto('users').values(user).execute();
  const request = { recipe: 'cluster', addOns: [], inputs: {}, placement: {} };
  return (await createDeployment(ports, { person: { id: 'u1' }, plan, name: 'Test', request })).id;
}

async function theOne(): Promise<string> {
  return (await store.db.selectFrom('deployments').select('id').executeTakeFirstOrThrow()).id;
}

async function tell(): Promise<void> {
  const ledger = await loadLedger(store.db, id);
  const { state, ended_by, lost } = ledger?.deployment ?? {};
  const resources = Object.fromEntries((ledger?.resources ?? []).map(({ key, phase, observed }) => [key, [phase, observed.status]]));
  const nodes = Object.fromEntries((ledger?.nodes ?? []).map((node) => [node.key, node.state]));
  const line = JSON.stringify({ id, state, endedBy: ended_by, lost, resources, nodes });
  if (line !== told) process.stdout.write(`${line}\n`);
  told = line;
}
