import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Plan } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { loadLedger } from '../ledger/load';
import { nameOf } from '../ledger/names';
import { NodePace } from '../nodes/pace';
import { runPass } from '../passes/pass';
import type { Ports } from '../ports';
import { createDeployment } from '../requests/create';
import { mightSpeak, plainVault, speak, speaking } from './agent-script';
import { FakeAgent } from './fake-agent';
import { FakeCloud } from './fake-cloud';

/** Many more than any deployment here needs: a pass that asks for the next at once, for ever, is a fault. */
const mostPasses = 1500;

/** A store, a clock that stands still, a cloud with faults, and nodes that do as they are told. */
export class World {
  readonly clock: ManualClock;
  readonly cloud: FakeCloud;
  readonly faultsSeen: unknown[] = [];
  readonly ports: Ports;
  /** nodes whose agent says nothing */
  silent = new Set<string>();
  /** nodes whose step fails */
  failing = new Set<string>();
  readonly #agents = new Map<string, FakeAgent>();

  constructor(store: Store, clock = new ManualClock(new Date('2030-01-01T00:00:00Z'))) {
    this.clock = clock;
    this.cloud = new FakeCloud(clock);
    this.ports = {
      store,
      clock: this.clock,
      vault: plainVault,
      openCloud: async () => this.cloud.cloud(),
      findSite: async () => undefined,
      callbackUrl: () => 'https://transat.example.org',
      readNode: async () => [],
      readQueue: async () => null,
      pace: new NodePace(this.clock),
      limits: {},
      onFault: (error) => this.faultsSeen.push(error),
    };
  }

  async deploy(plan: Plan, name = 'Test'): Promise<string> {
    await this.person();
    const { id } = await createDeployment(this.ports, {
      person: { id: 'u1' },
      plan,
      name,
      request: { recipe: 'cluster', addOns: [], inputs: {}, placement: {} },
    });
    return id;
  }

  /** Whose deployments these are. */
  async person(): Promise<void> {
    const user = { id: 'u1', issuer: 'https://op', subject: 's', provider: 'op', name: 'Ada', created_at: this.clock.now() };
    await this.ports.store.db
      .insertInto('users')
      .values(user)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Passes, and the time between them, until nothing is due for a while or `seconds` are over. A killed pass is begun again. */
  async settle(id: string, seconds = 7200): Promise<string> {
    const end = this.clock.now().getTime() + seconds * 1000;
    let passes = 0;
    while (this.clock.now().getTime() < end) {
      if (++passes > mostPasses)
        throw new Error(
          `no end after ${passes} passes: ${JSON.stringify((await this.ledger(id)).resources.map(({ key, phase, wanted, unclear, next_try_at }) => ({ key, phase, wanted, unclear, next_try_at })))}`,
        );
      const next = await this.pass(id);
      if (next === null || next > 60) break;
      this.clock.advance(Math.max(next, 0.05) * 1000);
      await this.nodesSpeak(id);
    }
    return this.state(id);
  }

  async pass(id: string, complete = false): Promise<number | null> {
    const outcome = await Promise.race([runPass(this.ports, id, { complete }), this.cloud.killed()]);
    return outcome === 'killed' ? 10 : outcome; // the heartbeat runs out, another worker takes over
  }

  async state(id: string): Promise<string> {
    const row = await this.ports.store.db.selectFrom('deployments').select('state').where('id', '=', id).executeTakeFirstOrThrow();
    return row.state;
  }

  async ledger(id: string) {
    const ledger = await loadLedger(this.ports.store.db, id);
    if (!ledger) throw new Error(`no deployment ${id}`);
    return ledger;
  }

  async events(id: string): Promise<string[]> {
    const rows = await this.ports.store.db.selectFrom('events').select('message').where('deployment_id', '=', id).orderBy('id').execute();
    return rows.map(({ message }) => message);
  }

  /** Every booting node that is not silent does its steps and reports. */
  async nodesSpeak(id: string): Promise<void> {
    // asked after each pass: most times nobody has anything to say, so little is read to know that
    const nodes = await this.ports.store.db
      .selectFrom('nodes')
      .selectAll()
      .where('deployment_id', '=', id)
      .where('state', 'in', speaking)
      .execute();
    for (const node of nodes.sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))) {
      const agent = mightSpeak(node) && !this.silent.has(node.key) ? await this.agentOf(id, node.key) : undefined;
      // a machine that is to be made anew is nobody any more, and is told so
      if (agent?.isOf(node)) await speak(agent, node, this.clock.now(), this.failing.has(node.key));
    }
  }

  /** The agent on the newest server of a node. */
  async agentOf(id: string, key: string): Promise<FakeAgent | undefined> {
    const server = (await loadLedger(this.ports.store.db, id))?.deployment.plan.nodes.find((node) => node.key === key)?.server ?? '';
    const thing = this.cloud.ofKind('server').findLast(({ name }) => name === nameOf(id, server));
    if (!(thing?.userData instanceof Secret) || thing.leavesAt !== undefined) return undefined; // one that is being deleted says nothing
    const agent = this.#agents.get(thing.id) ?? new FakeAgent(this.ports, thing.userData);
    this.#agents.set(thing.id, agent);
    return agent;
  }
}
