import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentConfig,
  type AgentMessage,
  agentVersion,
  type BatchAnswer,
  type Bundle,
  batchSchema,
  type Identity,
  identitySchema,
  messageSchema,
  type Step,
} from './protocol';

export const agentFolder = join(import.meta.dirname, 'agent');

/** A step as the agent gets it, for tests. */
export function step(name: string, script: string, change: Partial<Step> = {}): Step {
  return { name, title: name, script, env: {}, secretEnv: [], downloads: [], timeoutSeconds: 30, attempts: 1, ...change };
}

/** Runs the real agent in a folder of its own on this machine, for tests. */
export class AgentRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'transat-agent-'));
  #process?: ChildProcess;

  constructor(config: Partial<AgentConfig> = {}) {
    mkdirSync(this.path('ssh'));
    copyFileSync(join(agentFolder, 'functions.sh'), this.path('functions.sh'));
    const whole: AgentConfig = {
      version: agentVersion,
      nodeId: 'node_1',
      node: 'web',
      hostname: 'web',
      callback: null,
      admission: 'once',
      peers: { web: '10.0.0.4' },
      mounts: [],
      firewall: [],
      ...config,
    };
    writeFileSync(this.path('config.json'), JSON.stringify(whole));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  start(): void {
    const places = { TRANSAT_DIRECTORY: this.folder, TRANSAT_HOSTS: this.path('hosts'), TRANSAT_SSH: this.path('ssh') };
    const env = { ...process.env, ...places, TRANSAT_PAUSE: '0' };
    this.#process = spawn('python3', ['-B', agentFolder], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** Ends it as a loss of power would. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Resolves when a file is there. */
  until(name: string): Promise<void> {
    return this.#watch(() => existsSync(this.path(name)));
  }

  /** Resolves when a message that fits is in the spool. */
  says(fits: (message: AgentMessage) => boolean): Promise<void> {
    return this.#watch(() => existsSync(this.path('messages.jsonl')) && this.spool().some(fits));
  }

  #watch(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = watch(this.folder, { recursive: true }, look);
      function look(): void {
        if (!is()) return;
        watcher.close();
        resolve();
      }
      look();
    });
  }

  /** What is in the spool. */
  spool(): AgentMessage[] {
    const lines = readFileSync(this.path('messages.jsonl'), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => messageSchema.parse(JSON.parse(line)));
  }
}

/** Transat as the agent sees it: takes messages, and can be told what to answer. */
export class Listener {
  readonly messages: AgentMessage[] = [];
  /** what the next answers add to the ack, used up one by one */
  readonly answers: Omit<BatchAnswer, 'ack'>[] = [];
  /** statuses of the next posts, used up one by one */
  readonly failures: number[] = [];
  readonly authorizations = new Set<string | undefined>();
  /** identities that came, in their order, and with what */
  readonly introductions: { identity: Identity; authorization: string | undefined }[] = [];
  /** statuses of the answers to the next introductions, used up one by one; `cut`: it is taken, and the answer is lost */
  readonly refusals: (number | 'cut')[] = [];
  bundle: Bundle | null = null;
  /** what else can be fetched: path → text */
  readonly files: Record<string, string> = {};
  bundleRequests = 0;
  #waiting: (() => void)[] = [];
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  async start(): Promise<NonNullable<AgentConfig['callback']>> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    // the server listens on an IP port, so its address is an object
    const { port } = this.#server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/api/v1/agent/node_1` };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Resolves with the first message (from the given place on) that fits. */
  async until(fits: (message: AgentMessage) => boolean, from = 0): Promise<AgentMessage> {
    for (;;) {
      const found = this.messages.slice(from).find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Resolves when the agent says that all is done, or given up. */
  finished(from = 0): Promise<AgentMessage> {
    return this.until((message) => message.type === 'finished', from);
  }

  /** All that a step has printed. */
  printed(name: string): string {
    return this.messages.flatMap((message) => (message.type === 'output' && message.step === name ? [message.text] : [])).join('');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const block of request) body += String(block);
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.url?.endsWith('/identity')) {
      this.introductions.push({ identity: identitySchema.parse(JSON.parse(body)), authorization: request.headers.authorization });
      const refusal = this.refusals.shift();
      if (refusal === 'cut') response.destroy();
      else response.writeHead(refusal ?? 204).end();
      return;
    }
    this.authorizations.add(request.headers.authorization);
    if (request.url?.includes('/bundle?have=')) {
      this.bundleRequests += 1;
      const have = Number(request.url.split('=')[1]);
      const isNews = this.bundle && (this.bundle.complete || this.bundle.steps.length > have);
      answer(isNews ? 200 : 404, isNews ? this.bundle : {});
      this.#wake();
      return;
    }
    if (request.method === 'GET') {
      const file = this.files[request.url ?? ''];
      response.writeHead(file === undefined ? 404 : 200).end(file);
      return;
    }
    const failure = this.failures.shift();
    if (failure !== undefined) {
      answer(failure, {});
      return;
    }
    for (const message of batchSchema.parse(JSON.parse(body)).messages) {
      if (message.seq === this.messages.length + 1) this.messages.push(message);
    }
    answer(200, { ack: this.messages.length, ...this.answers.shift() });
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
