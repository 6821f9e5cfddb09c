import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type AgentMessage, batchSchema, configFile, type Step } from '@/lib/nodes/protocol';
import { type Connected, connect, serverBody } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

/** The product, as an agent meets it. */
interface Product {
  url: string;
  messages: AgentMessage[];
  posts: number;
  /** answered instead of 200 */
  down: boolean;
  /** told once to whoever posts next */
  run: string | null;
  /** seconds until the next sign of life that it wants; 0: it says nothing of that */
  next: number;
  bundle: Step[] | null;
  tokens: Set<string>;
  server: Server;
}

async function startProduct(): Promise<Product> {
  const product: Omit<Product, 'url' | 'server'> = {
    messages: [],
    posts: 0,
    down: false,
    run: null,
    next: 0,
    bundle: null,
    tokens: new Set(),
  };
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const part of request) text += String(part);
    product.tokens.add(request.headers.authorization ?? '');
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (product.down) return answer(503, {});
    if (request.url?.endsWith('/identity')) return response.writeHead(204).end();
    if (request.url?.includes('/bundle')) return product.bundle ? answer(200, { steps: product.bundle }) : answer(404, {});
    product.posts += 1;
    for (const message of batchSchema.parse(JSON.parse(text)).messages) {
      if (!product.messages.some((one) => one.seq === message.seq)) product.messages.push(message);
    }
    const run = product.run ? { run: { from: product.run } } : {};
    product.run = null;
    return answer(200, { ack: product.messages.length, ...run, ...(product.next && { next: product.next }) });
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return Object.assign(product, { url: `http://127.0.0.1:${port}/api/v1/agent/n1`, server });
}

const step = (name: string, more: Partial<Step> = {}): Step => ({
  name,
  title: name,
  script: `log "Doing ${name} on $NODE_NAME."\noutput ${name}_done "yes"`,
  env: { NODE_NAME: 'node-1' },
  secretEnv: [],
  downloads: [],
  timeoutSeconds: 60,
  attempts: 1,
  ...more,
});

function userData(product: Product, more: Record<string, unknown>): string {
  const callback = { url: product.url };
  const config = {
    version: 2,
    nodeId: 'n1',
    node: 'node',
    hostname: 'node-1',
    callback,
    admission: 'once',
    peers: {},
    mounts: [],
    firewall: [],
    ...more,
  };
  const file = { path: configFile, content: gzipSync(JSON.stringify(config)).toString('base64'), encoding: 'gz+b64' };
  return gzipSync(`#cloud-config\n${stringify({ write_files: [file] })}`).toString('base64');
}

let sandbox: TestSandbox;
let product: Product;
let cloud: Connected;
beforeEach(async () => {
  sandbox = await startTestSandbox();
  product = await startProduct();
  cloud = await connect(sandbox.url, 'europe');
});
afterEach(async () => {
  await sandbox.end();
  product.server.closeAllConnections();
  product.server.close();
});

async function boot({ steps, ...config }: { steps?: Step[] } & Record<string, unknown>, flavor = 'm1.small'): Promise<string> {
  product.bundle = steps ?? null;
  const body = await serverBody(cloud, flavor, { user_data: userData(product, config) });
  return String((await cloud.compute('POST', '/servers', body)).body.server.id);
}
/** Lets time pass until it is told: a message that did not come through is said again, and that takes a while. */
async function until(line: string): Promise<void> {
  for (let second = 0; second < 120 && !told().includes(line); second++) await sandbox.pass(1);
  expect(told()).toContain(line);
}
const told = () =>
  product.messages.map((one) => {
    if (one.type === 'step-started') return `${one.step} started ${one.attempt}`;
    if (one.type === 'step-ended') return `${one.step} ended ${one.exitCode}${one.again ? ' again' : ''}`;
    if (one.type === 'finished') return `finished ${one.ok ? 'well' : one.step}`;
    return one.type === 'output' || one.type === 'outputs' ? `${one.step} ${one.type}` : one.type;
  });

describe('the agent on a simulated machine', () => {
  it('says what the real one would: facts, each step with its output and results, the end; then only signs of life', async () => {
    const firewall = [{ protocol: 'tcp', fromPort: 22 }];
    await boot({ firewall, steps: [step('base'), step('slurm')] });
    await sandbox.pass(4);
    expect(product.posts).toBe(0);
    await sandbox.pass(16);
    expect(told()).toEqual([
      'facts',
      'transat.prepare started 1',
      'transat.prepare output',
      'host-key',
      'transat.prepare ended 0',
      ...['base', 'slurm'].flatMap((name) => [`${name} started 1`, `${name} output`, `${name} outputs`, `${name} ended 0`]),
      'finished well',
    ]);
    expect(product.messages.map((one) => one.seq)).toEqual(product.messages.map((_one, index) => index + 1));
    expect(product.messages[0]).toMatchObject({ facts: { distro: 'ubuntu', cpus: 1, memoryMiB: 2048 } });
    expect(product.messages.find((one) => one.type === 'output' && one.step === 'slurm')).toMatchObject({
      text: expect.stringContaining('Doing slurm on node-1.'),
    });
    expect(product.messages.find((one) => one.type === 'outputs')).toMatchObject({ values: { base_done: 'yes' } });
    expect([...product.tokens]).toEqual(['Bearer once', expect.stringMatching(/^Bearer [0-9a-f]{64}$/)]);
    const { posts, messages } = product;
    const before = messages.length;
    await sandbox.pass(61);
    expect(product.posts).toBeGreaterThan(posts);
    expect(product.messages).toHaveLength(before);
  });

  it('lets what it says within a moment gather, as the real one does', async () => {
    await sandbox.end();
    sandbox = await startTestSandbox(undefined, 20);
    cloud = await connect(sandbox.url, 'europe');
    await boot({ steps: [step('base'), step('slurm')] });
    await until('finished well');
    expect(product.messages.map(({ seq }) => seq)).toEqual(product.messages.map((_one, index) => index + 1));
    // one for each of its moves would be 13
    expect(product.posts).toBeLessThan(10);
  });

  it('gives its next sign of life when that is wanted', async () => {
    await boot({ steps: [step('base')] });
    product.next = 3;
    await until('finished well');
    await sandbox.pass(30);
    const { posts } = product;
    await sandbox.pass(12);
    expect(product.posts - posts).toBe(4);
    product.run = 'base';
    await sandbox.pass(20);
    expect(told().filter((line) => line === 'base started 1')).toHaveLength(2);
  });

  it('waits for its steps', async () => {
    await boot({});
    await sandbox.pass(20);
    expect(told().at(-1)).toBe('transat.prepare ended 0');
    product.bundle = [step('base'), step('late')];
    await sandbox.pass(10);
    expect(told().filter((line) => line.includes('started'))).toEqual(['transat.prepare started 1', 'base started 1', 'late started 1']);
    expect(told().at(-1)).toBe('finished well');
  });

  it('fails where it is told to, as often as the step may be tried, and starts again from there when asked', async () => {
    await cloud.admin('POST', '/_faults', {
      match: { service: 'node', path: '^node/slurm$' },
      answer: { exitCode: 7, output: 'boom' },
      times: 2,
    });
    await boot({ steps: [step('base'), step('slurm', { attempts: 2 })] });
    await sandbox.pass(24);
    expect(told().slice(-7)).toEqual(
      [
        'slurm output',
        'slurm output',
        'slurm ended 7 again',
        'slurm started 2',
        'slurm output',
        'slurm output',
        'slurm ended 7',
        'finished slurm',
      ].slice(-7),
    );
    product.run = 'slurm';
    await sandbox.pass(20);
    expect(told().slice(-5)).toEqual(['slurm started 1', 'slurm output', 'slurm outputs', 'slurm ended 0', 'finished well']);
    expect(told().filter((line) => line === 'base started 1')).toHaveLength(1);
  });

  it('keeps what it has to say while nobody takes it', async () => {
    product.down = true;
    await boot({ steps: [step('base')] });
    await sandbox.pass(20);
    expect(product.messages).toEqual([]);
    product.down = false;
    await sandbox.pass(30);
    expect(told().at(-1)).toBe('finished well');
    expect(product.messages.map((one) => one.seq)).toEqual(product.messages.map((_one, index) => index + 1));
  });

  it('is silent while the machine is stopped, and begins the step anew after', async () => {
    const id = await boot({ steps: [step('long', { script: 'log "line"\n'.repeat(40) })] });
    await until('long started 1');
    await sandbox.pass(1);
    await cloud.compute('POST', `/servers/${id}/action`, { 'os-stop': null });
    await sandbox.pass(2);
    const silent = product.posts;
    await sandbox.pass(60);
    expect(product.posts).toBe(silent);
    await cloud.compute('POST', `/servers/${id}/action`, { 'os-start': null });
    await until('finished well');
    expect(told()).toContain('long started 2');
  });

  it('goes on after a restart of the sandbox where it was', async () => {
    await boot({ steps: [step('one'), step('two')] });
    await sandbox.pass(8);
    const early = product.messages.length;
    expect(early).toBeGreaterThan(0);
    await sandbox.close();
    const again = await startTestSandbox(sandbox.dataDir);
    try {
      // a clock that starts where it began: the agent's next word is due when that time has passed again
      await again.pass(40);
      expect(told().at(-1)).toBe('finished well');
      expect(product.messages.map((one) => one.seq)).toEqual(product.messages.map((_one, index) => index + 1));
    } finally {
      await again.close();
    }
  });

  it('never speaks from a machine that does not boot, and fails its first step once with the flavor for that', async () => {
    await boot({ steps: [step('base')] }, 'fault.never-boots');
    await sandbox.pass(30);
    expect(product.posts).toBe(0);
    await boot({ steps: [step('base')] }, 'fault.step-fails');
    await sandbox.pass(20);
    expect(told().slice(-2)).toEqual(['base ended 1', 'finished base']);
    product.run = 'base';
    await sandbox.pass(20);
    expect(told().at(-1)).toBe('finished well');
  });
});
