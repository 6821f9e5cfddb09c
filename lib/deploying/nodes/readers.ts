import { AppError } from '@/lib/core/errors';
import { bootSeconds, metalBootSeconds } from '../kinds/times';
import type { Ledger, Node } from '../ledger/ledger';
import { loadBareMetal, loadLedger } from '../ledger/load';
import { writeHanded, writeNodeProblem } from '../ledger/node-rows';
import { Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import type { Wait } from '../wait';
import { isOfBefore, mayHaveSteps, runOf } from './admission';
import { bundleOf, stepsKnown, takeMessages } from './agent';
import { introduceVisited } from './introduce';
import type { Visit } from './node-reader';
import { elasticErrand, queuesOf } from './queue';
import { targetOf } from './target';

const firstSeconds = 1;
const longestSeconds = 10;
/** A booting machine refuses a few times before it answers. */
const failuresShown = 5;

/** Seconds within which a machine that can call back has usually done so. */
const callsWithinSeconds = 120;

/**
 * Whether a node is to be visited by SSH: it can't call back (then from its first second on), or should have done so long since and was never heard.
 * Pure.
 */
export function needsVisits(
  { channel, state, heard_at, deadline_at }: Pick<Node, 'channel' | 'state' | 'heard_at' | 'deadline_at'>,
  bareMetal: boolean,
  now: Date,
): boolean {
  if (state !== 'booting' && state !== 'configuring') return false;
  if (channel === 'ssh') return true;
  if (heard_at !== null || deadline_at === null) return false;
  const boots = bareMetal ? metalBootSeconds : bootSeconds;
  return deadline_at.getTime() - now.getTime() < (boots - callsWithinSeconds) * 1000;
}

/** Seconds until the next visit, where so many in a row brought nothing: 1, 2, 4, 8, 10. Pure. */
export function visitAgainAfter(inVain: number): number {
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.min(inVain, 10));
}

/** Visits by SSH every node of one deployment that can't call back, each in its own rhythm, while it is being configured. */
export class NodeReaders {
  readonly #ports: Ports;
  readonly #deploymentId: string;
  readonly #wait: Wait;
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(ports: Ports, deploymentId: string, wait: Wait) {
    this.#ports = ports;
    this.#deploymentId = deploymentId;
    this.#wait = wait;
  }

  /** Starts to visit those that need it and are not visited yet. */
  async sync(): Promise<void> {
    const waiting = await this.#ports.store.db
      .selectFrom('nodes')
      .select(['id', 'key', 'channel', 'state', 'heard_at', 'deadline_at'])
      .where('deployment_id', '=', this.#deploymentId)
      .where('state', 'in', ['booting', 'configuring'])
      .execute();
    const bareMetal = waiting.length === 0 ? new Set() : await loadBareMetal(this.#ports.store.db, this.#deploymentId);
    for (const node of waiting) {
      const { id } = node;
      if (!needsVisits(node, bareMetal.has(node.key), this.#ports.clock.now())) continue;
      if (this.#stopped || this.#running.has(id)) continue;
      this.#running.set(
        id,
        this.#follow(id)
          .catch((error: unknown) => this.#ports.onFault(error, this.#deploymentId))
          .finally(() => this.#running.delete(id)),
      );
    }
  }

  get areVisiting(): boolean {
    return this.#running.size > 0;
  }

  /** Stops visiting, after the visits that are under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  async #follow(nodeId: string): Promise<void> {
    let failures = 0;
    let inVain = 0;
    let delivered = -1;
    let secrets: Secrets | undefined;
    while (!this.#stopped) {
      const ledger = await loadLedger(this.#ports.store.db, this.#deploymentId);
      const node = ledger?.nodes.find(({ id }) => id === nodeId);
      if (!ledger || !node || !needsVisits(node, isBareMetal(ledger, node), this.#ports.clock.now())) return;
      try {
        // opened once, not at each visit
        secrets ??= this.#secretsOf(ledger, node);
        const visited = await this.#visit(ledger, node, delivered, secrets);
        delivered = visited.delivered;
        failures = 0;
        inVain = visited.messages > 0 ? 0 : inVain + 1;
        await this.#wait(visitAgainAfter(inVain));
      } catch (error) {
        // a machine that boots answers nothing yet; its deadline is watched by the passes
        const problem = AppError.from(error).toProblem();
        if (problem.code === 'internal') this.#ports.onFault(error, this.#deploymentId);
        failures++;
        secrets = undefined;
        // … and one that should call may still do so
        if (failures >= failuresShown && node.channel === 'ssh') await writeNodeProblem(this.#ports.store, nodeId, problem);
        await this.#wait(visitAgainAfter(failures - 1));
      }
    }
  }

  #secretsOf({ deployment }: Ledger, { hostname }: Node): Secrets {
    const { store, vault } = this.#ports;
    const owner = { userId: deployment.user_id, deploymentId: this.#deploymentId };
    return new Secrets(store.db, vault, owner, `reach ${hostname} by SSH`);
  }

  /** @param delivered how many steps it was given; -1: nothing yet */
  async #visit(ledger: Ledger, node: Node, delivered: number, secrets: Secrets): Promise<{ messages: number; delivered: number }> {
    const target = await targetOf(this.#ports, ledger, node, secrets);
    const visit: Visit = { after: node.seq, run: runOf(node) };
    if (node.host_key === null) visit.introduce = (identity, hostKey) => introduceVisited(this.#ports, node.id, hostKey, identity);
    const { known, all } = stepsKnown(ledger, node.key);
    // an agent that begins again has forgotten what it was given
    const news = (known > delivered || visit.run !== undefined) && (known === all || !isOfBefore(node));
    if (news && mayHaveSteps(node)) visit.bundle = await bundleOf(this.#ports, ledger, node.key, known > node.handed);
    const messages = await this.#ports.readNode(target, visit);
    if (visit.bundle && known > node.handed) await writeHanded(this.#ports.store, node.id, known);
    // an answer without messages says that the machine is up again, but nothing of an agent that has not begun or hangs
    const isBack = node.state === 'booting' && node.seq > 0;
    if (messages.length > 0 || isBack) await takeMessages(this.#ports, node.id, messages, 'ssh', () => true);
    // from now on it is asked what waits there
    if (messages.some(({ type }) => type === 'finished') && queuesOf(ledger.deployment.plan, node.key).length > 0)
      await this.#ports.store.queue.errands.ask(elasticErrand(this.#deploymentId));
    return { messages: messages.length, delivered: visit.bundle ? known : delivered };
  }
}

const isBareMetal = ({ deployment }: Ledger, node: Node): boolean =>
  deployment.plan.nodes.find(({ key }) => key === node.key)?.bareMetal ?? false;
