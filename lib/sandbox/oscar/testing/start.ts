import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@/lib/core/clock';
import { OscarCluster } from '../cluster';
import { machines, type OscarDefinition, type OscarDialect } from '../definition';
import { newState } from '../state';

export interface TestOscar {
  cluster: OscarCluster;
  url: string;
  minioUrl: string;
  user: string;
  password: string;
  minio: { accessKey: string; secretKey: string };
  /** asks the API with the password; a body is sent as JSON */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; json: unknown }>;
  end(): Promise<void>;
}

/** One OSCAR cluster on free ports, with a clock that only moves when it is told to (and MinIO that restarts at once). */
export async function startTestOscar(
  dialect: OscarDialect,
  options: { clock?: ManualClock; definition?: Partial<OscarDefinition>; people?: Record<string, Record<string, unknown>> } = {},
): Promise<TestOscar> {
  const folder = mkdtempSync(join(tmpdir(), 'transat-oscar-'));
  const id = options.definition?.id ?? `oscar-${dialect.replace('.', '')}`;
  const definition: OscarDefinition = {
    id,
    name: id,
    dialect,
    serverless: true,
    supervisor: '1.6.2',
    oidc: { issuers: ['https://issuer.example'], groups: ['vo.sandbox.eu'] },
    nodes: () => machines(id, 1, 2, 4),
    resourceManagerSeconds: 15,
    rescheduler: { intervalSeconds: 15, thresholdSeconds: 30 },
    timing: { minioRestart: 0, imagePull: 2, podStart: 0.5 },
    ...options.definition,
  };
  const state = newState('a-password-of-tests', 'a-key-of-tests');
  // as such a release is, so that whatever is tried on one holds there
  state.settings.staleWebhooks = dialect === '3.6';
  const cluster = new OscarCluster({
    definition,
    clock: options.clock ?? new ManualClock(new Date('2026-11-21T12:00:00Z')),
    speed: 1,
    state,
    changed: () => undefined,
    folder,
    host: '127.0.0.1',
    powered: () => true,
    introspect: async (token) => options.people?.[token] ?? null,
    refresh: async (token) => (token.startsWith('refresh-') ? token.slice('refresh-'.length) : null),
  });
  await cluster.open();
  const { world } = cluster;
  const basic = `Basic ${Buffer.from(`oscar:${world.state.password}`).toString('base64')}`;
  return {
    cluster,
    url: world.url,
    minioUrl: world.minioUrl,
    user: 'oscar',
    password: world.state.password,
    minio: { accessKey: 'minio', secretKey: world.state.minioPassword },
    async ask(method, path, body, headers = {}) {
      const response = await fetch(world.url + path, {
        method,
        headers: { authorization: basic, 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
        redirect: 'manual',
      });
      const text = await response.text();
      return { status: response.status, text, json: jsonOf(text) };
    },
    async end() {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lets so many simulated seconds pass on all clusters that share a clock, half a second at a time. */
export async function pass(clock: ManualClock, seconds: number, ...clusters: TestOscar[]): Promise<void> {
  for (let half = 0; half < seconds * 2; half++) {
    clock.advance(500);
    for (const { cluster } of clusters) await cluster.tick();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
