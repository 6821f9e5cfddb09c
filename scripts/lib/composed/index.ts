import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startSandbox } from '@/lib/sandbox';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestPostgres } from '@/lib/store/test-postgres';
import { reasonOf } from '../reason';
import { freePort } from '../shell';
import type { Tally } from '../tally';
import { databaseHealthy, makeRole } from './database';
import type { Service } from './file';
import { healthy, type Running, startService } from './run';
import { type Stage, setStage } from './stage';

/** Does one thing, and counts and says that it holds. */
type Holds = (what: string, work: () => Promise<unknown>) => Promise<void>;

/**
 * What deploy/compose.yaml describes, started without containers: the same commands with the same environment, as the users that it names where this machine
 * lets us, on a PostgreSQL of our own, with the sandbox as the site and the provider that an operator would name in transat.yaml. Needs the build.
 * @returns how much of what is said of it holds
 */
export async function composed(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const postgres = await startTestPostgres();
  if (!postgres.url) {
    console.log(`\n*** deploy/compose.yaml is NOT started: ${postgres.missing} ***`);
    return { ...tally, skipped: 1 };
  }
  const folder = mkdtempSync(join(tmpdir(), 'transat-composed-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({ port: 0, dataDir: folder, transatUrl: url, speed: 20 });
  const running: Running[] = [];
  const holds: Holds = async (what, work) => {
    const began = Date.now();
    await work();
    console.log(`ok      ${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    tally.passed += 1;
  };
  try {
    const server = new URL(postgres.url.reveal());
    const stage = setStage({ folder, port, address: server.host, sandbox });
    await makeRole(server, stage);
    await live(stage, running, holds, url, await signIn(sandbox.url, 'ada'));
  } catch (error) {
    tally.failed += 1;
    console.log(`FAILED  ${reasonOf(error)}`);
    for (const { name, output } of running) console.log(`--- ${name} said:\n${output().slice(-4000)}`);
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
    await sandbox.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return tally;
}

async function live(stage: Stage, running: Running[], holds: Holds, url: string, { access_token: token }: { access_token: string }) {
  const { services, ground } = stage;
  const service = (name: string): Service => {
    const found = services.get(name);
    if (!found) throw new Error(`The file has no ${name}`);
    return found;
  };
  const up = (name: string): Running => {
    const one = startService(service(name), ground);
    running.push(one);
    return one;
  };
  await holds('the database is healthy', () => databaseHealthy(service('database'), stage));
  const web = up('web');
  const first = up('worker');
  await holds('the web server is healthy by its own check', () => healthy(service('web'), ground, web.ended));
  await holds('a worker is at work', () => until(() => first.output().includes('at work'), first));
  await holds('the first page is served', async () => {
    const page = await fetch(`${url}/`);
    if (!page.ok || !(await page.text()).includes('Transat')) throw new Error(`the first page: ${page.status}`);
  });
  const api = new Api(`${url}/api/v1`, token);
  let path = '';
  await holds('a deployment is taken', async () => {
    const inputs = { machine_count: 2, allowed_cidr: '0.0.0.0/0', ports_cidr: '0.0.0.0/0' };
    const machine = { site: 'europe', credential: 'oidc:europe' };
    const made = await api.ask('POST', '/deployments', { recipe: 'virtual-machine', name: 'One', inputs, placement: { machine } });
    path = `/deployments/${made.id}`;
  });
  await holds('a worker that is told to stop in the middle of it ends in good order', async () => {
    await until(async () => {
      const { items = [] } = await api.ask('GET', `${path}/resources?limit=200`);
      return items.some(({ kind, phase }) => kind === 'server' && phase !== 'planned');
    }, first);
    await endsWell(first);
  });
  const second = up('worker');
  await holds('the worker after it makes the deployment ready', () => api.comesTo(path, 'ready', second));
  await holds('it is deleted', async () => {
    await api.ask('DELETE', path);
    await api.comesTo(path, 'deleted', second);
  });
  await holds('nothing was met that nobody had thought of', async () => {
    const faults = running.flatMap(({ output }) => output().split('\n')).filter((line) => /"level":[56]0/.test(line));
    if (faults.length > 0) throw new Error(`faults: ${faults.join('\n').slice(0, 2000)}`);
  });
  await holds('worker and web server end when they are told to, in the time that the file gives them', async () => {
    await endsWell(second);
    await endsWell(web);
  });
}

const answerSchema = z.object({
  id: z.string().optional(),
  state: z.string().optional(),
  items: z.array(z.object({ kind: z.string(), phase: z.string() }).partial()).optional(),
});

class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  async ask(method: string, path: string, body?: object): Promise<z.infer<typeof answerSchema>> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const answer = await fetch(this.#base + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return answerSchema.parse(text === '' ? {} : JSON.parse(text));
  }

  /** Waits for a state of a deployment, while a process lives. */
  async comesTo(path: string, wanted: string, while_: Running): Promise<void> {
    let seen: string | undefined;
    await until(async () => {
      seen = (await this.ask('GET', path)).state;
      return seen === wanted;
    }, while_).catch((error: unknown) => {
      throw new Error(`${reasonOf(error)}: it is ${seen}, not ${wanted}`);
    });
  }
}

async function endsWell(one: Running): Promise<void> {
  const { code, seconds } = await one.stop();
  if (code !== 0) throw new Error(`${one.name} ended with ${code} after ${seconds} s`);
}

async function until(holds: () => boolean | Promise<boolean>, while_: Running): Promise<void> {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    if (await holds()) return;
    if (while_.ended()) throw new Error(`${while_.name} has ended`);
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error('what was waited for did not come within two minutes');
}
