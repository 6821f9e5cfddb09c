import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type AgentConfig, type AgentMessage, batchAnswerSchema, bundleSchema } from '@/lib/nodes/protocol';
import type { Faults } from '../cloud/faults';
import type { World } from '../cloud/world';
import type { AgentRecord, ServerRecord, SimulatedJob } from '../state/records';
import { factsOf } from './facts';
import { interrupt, newAgent, nextMove, type StepFault, startAgain } from './move';
import { queueOf, runJobs } from './queue';
import { readAgentConfig } from './user-data';

const MOST_A_BATCH = 400;
const MOST_CONSOLE_LINES = 400;
/** As long as the real agent (`GATHER` in lib/nodes/agent/reporter.py), by its own clock. */
const GATHER_MS = 300;
/** Seconds between signs of life where few nodes report. */
const RESTFUL_BEAT = 10;
/** Nobody waits longer for a machine of the sandbox to hear what it is asked for. */
const MOST_SPARED_MS = 5000;
type Callback = NonNullable<AgentConfig['callback']>;
const problem = z.object({ status: z.number() }).partial();
const runs = ({ status }: ServerRecord) => status === 'ACTIVE' || status === 'VERIFY_RESIZE';

/** The agents on the simulated machines: they say to Transat, over HTTP, what the real one would. */
export class NodeAgents {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #configs = new Map<string, AgentConfig | null>();

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
    world.schedule.on('agent', (id) => this.#act(id));
  }

  /** The machine has power: it boots, and its agent starts a while after. */
  boot(server: ServerRecord): void {
    const config = this.#config(server);
    const image = this.#world.image(server.imageId);
    server.console.push(
      `[    0.000000] Linux version 6.1.0-26-cloud-amd64 (${image?.name ?? 'unknown'})`,
      `[    2.104211] systemd[1]: Hostname set to <${config?.hostname ?? server.hostname}>.`,
      `[    3.410087] cloud-init[412]: Cloud-init v. 24.1.3 running 'modules:final' on ${this.#world.definition.name}.`,
      config ? '[    4.002713] systemd[1]: Started transat-agent.service.' : `${server.hostname} login:`,
    );
    if (!config?.callback) return;
    server.agent ??= newAgent();
    server.agent.life += 1;
    interrupt(server.agent);
    this.#world.schedule.after(this.#world.definition.timing.boot * 1000, 'agent', server.id);
  }

  /** The machine has no power any more. */
  silence(server: ServerRecord): void {
    this.#world.schedule.cancel(server.id, 'agent');
    if (server.agent) server.agent.life += 1;
  }

  async #act(id: string): Promise<void> {
    const server = this.#world.state.servers.find((one) => one.id === id);
    const config = server && this.#config(server);
    const agent = server?.agent;
    if (!server || !agent || !config?.callback || !runs(server)) return;
    const { life } = agent;
    const { callback } = config;
    const move = nextMove(agent, {
      config,
      facts: factsOf(this.#world, server),
      now: this.#world.now(),
      faultOf: (step) => this.#faultOf(server, config, step),
    });
    for (const spoken of move.say) {
      if (spoken.type === 'outputs') spoken.values = await this.#handedBack(server, spoken.step, spoken.values);
      agent.seq += 1;
      // the parts of a message and its number make the message again; TypeScript can't follow that through the union
      const message = { ...spoken, seq: agent.seq, at: new Date(this.#world.now()).toISOString() } as AgentMessage;
      agent.unsent.push(message);
      if (message.type === 'output') server.console.push(...message.text.trimEnd().split('\n'));
    }
    server.console = server.console.slice(-MOST_CONSOLE_LINES);
    if (move.wants === 'bundle') agent.bundle = (await this.#fetchBundle(agent, callback)) ?? agent.bundle;
    const { wait, next } =
      move.wants === 'identity'
        ? { wait: await this.#becomeKnown(agent, config, callback), next: undefined }
        : this.#gathers(agent, move.restMs)
          ? { wait: 0, next: undefined }
          : await this.#post(server, callback);
    if (agent.finished) await this.#tellQueue(server, callback);
    if (agent.life !== life || !this.#world.state.servers.includes(server)) return;
    const rest = next === undefined ? move.restMs : next * 1000;
    this.#world.schedule.after(Math.max(rest, wait), 'agent', server.id, next === undefined ? 0 : spared(next));
  }

  /** Makes itself known, as often as it takes with the same that it made first. @returns as {@link #post} */
  async #becomeKnown(agent: AgentRecord, config: AgentConfig, callback: Callback): Promise<number> {
    agent.identity ??= { token: randomBytes(32).toString('hex'), hostKey: hostKeyLine(), known: false };
    const { token, hostKey } = agent.identity;
    const identity = { token: createHash('sha256').update(token).digest('hex'), hostKey };
    const { status } = await this.#request(callback, '/identity', config.admission ?? '', identity);
    agent.identity.known = status === 204;
    agent.failures = agent.identity.known ? 0 : agent.failures + 1;
    return agent.identity.known ? 0 : pauseAfter(status, agent.failures);
  }

  // The real one lets messages gather too: what it says next comes before it would post again.
  #gathers({ finished, postedAt = 0 }: AgentRecord, restMs: number): boolean {
    return finished === null && this.#world.now() + this.#world.schedule.real(restMs) < postedAt + GATHER_MS;
  }

  /** Posts what is not acknowledged. @returns `wait`: how long to leave Transat alone (milliseconds at normal speed), `next`: of one that waits, when it wants to hear again (seconds) */
  async #post(server: ServerRecord, callback: Callback): Promise<{ wait: number; next?: number }> {
    const { agent } = server;
    if (!agent) return { wait: 0 };
    agent.postedAt = this.#world.now();
    const messages = agent.unsent.slice(0, MOST_A_BATCH);
    const answer = await this.#request(callback, '', agent.identity?.token ?? '', { messages });
    const heard = batchAnswerSchema.safeParse(answer.body);
    if (answer.status !== 200 || !heard.success) {
      agent.failures += 1;
      return { wait: pauseAfter(answer.status, agent.failures) };
    }
    agent.failures = 0;
    agent.unsent = agent.unsent.filter((message) => message.seq > heard.data.ack);
    // what it was asked to do it begins at once
    if (heard.data.run && startAgain(agent, heard.data.run)) return { wait: 0, next: 0 };
    return { wait: 0, next: agent.finished === null ? undefined : heard.data.next };
  }

  /** A front-end that tells of its queue does so with each sign of life. */
  async #tellQueue(server: ServerRecord, callback: Callback): Promise<void> {
    const queue = queueOf(server);
    if (!queue) return;
    const deployment = server.metadata['transat:deployment'];
    const isUp = (name: string) =>
      this.#world.state.servers.some(
        (one) => one.metadata['transat:deployment'] === deployment && this.#config(one)?.hostname === name && one.agent?.finished === true,
      );
    const { jobs, report } = runJobs(
      server.jobs ?? [],
      queue.workers.map((name) => ({ name, up: isUp(name) })),
      this.#world.now(),
    );
    server.jobs = jobs;
    await this.#request(callback, `/queue/${queue.group}`, queue.token, report);
  }

  /** A job is sent on a cluster's front-end, by its host name. @returns whether there is one that tells of its queue */
  sendJobs(hostname: string, jobs: SimulatedJob[]): boolean {
    const server = this.#world.state.servers.find((one) => this.#config(one)?.hostname === hostname && queueOf(one));
    if (!server) return false;
    server.jobs = [...(server.jobs ?? []), ...jobs];
    this.#world.schedule.cancel(server.id, 'agent');
    this.#world.schedule.after(0, 'agent', server.id);
    return true;
  }

  /** What a step hands back: where it installed something that really answers here, with addresses that do. */
  async #handedBack(server: ServerRecord, name: string, values: Record<string, string>) {
    const step = server.agent?.bundle?.steps.find((one) => one.name === name);
    return step ? this.#world.software.installed(this.#world, server, step, values) : values;
  }

  async #fetchBundle(agent: AgentRecord, callback: Callback) {
    const have = agent.bundle?.steps.length ?? 0;
    const { status, body } = await this.#request(callback, `/bundle?have=${have}`, agent.identity?.token ?? '');
    const bundle = bundleSchema.safeParse(body);
    return status === 200 && bundle.success ? bundle.data : null;
  }

  async #request(callback: Callback, suffix: string, token: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(callback.url + suffix, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(15_000),
      });
      const answer: unknown = await response.json().catch(() => problem.parse({}));
      return { status: response.status, body: answer };
    } catch {
      return { status: 0, body: null };
    }
  }

  #faultOf(server: ServerRecord, config: AgentConfig, step: string): StepFault | null {
    const asked = this.#faults.takeForStep(`${config.node}/${step}`);
    if (asked) return asked;
    const isFirst = server.agent?.bundle?.steps[0]?.name === step;
    const unlucky = this.#world.flavor(server.flavorId)?.fault === 'step-fails' && isFirst && server.agent?.runs === 0;
    return unlucky
      ? {
          exitCode: 1,
          complaint: 'E: Unable to locate package (the flavor fault.step-fails makes the first step fail until it is tried again by hand)',
        }
      : null;
  }

  #config(server: ServerRecord): AgentConfig | null {
    const known = this.#configs.get(server.id);
    if (known !== undefined) return known;
    const config = readAgentConfig(server.userData);
    this.#configs.set(server.id, config);
    return config;
  }
}

/** Where many report, Transat asks them to come less often, by its own clock: it would not be spared by a time that goes fast here. @returns real milliseconds */
function spared(next: number): number {
  return Math.min(MOST_SPARED_MS, Math.max(0, next - RESTFUL_BEAT) * 1000);
}

/** How long an agent leaves Transat alone after a refusal (milliseconds at normal speed). */
function pauseAfter(status: number, failures: number): number {
  return [401, 403, 404, 409, 410].includes(status) ? 20_000 : Math.min(20_000, 500 * 2 ** Math.min(failures, 6));
}

/** A new host key as a line of OpenSSH (RFC 8709): nobody logs in on a machine that is not there, so its private half is not kept. */
function hostKeyLine(): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
  return `ssh-ed25519 ${Buffer.concat([head, Buffer.from(x, 'base64url')]).toString('base64')}`;
}
