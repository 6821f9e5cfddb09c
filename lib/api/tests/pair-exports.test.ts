import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

const run = promisify(execFile);
const programs = ['jq', 'curl', 'python3'].every((name) => spawnSync('which', [name]).status === 0);
const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const access = `e30.${Buffer.from(JSON.stringify({ iss: 'https://issuer.example', azp: 'token-portal' })).toString('base64url')}.canary`;
const refresh = `refresh-${access}`;
const people = { [access]: { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };

interface Both {
  origin: TestOscar;
  worker: TestOscar;
}
let api: TestApi;
const older = {} as Both;
const newer = {} as Both;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transat-pair-export-'));
  [older.origin, older.worker, newer.origin, newer.worker] = await Promise.all([
    startTestOscar('3.6', { clock, definition: { id: 'oscar-us' } }),
    startTestOscar('4.0', { clock, definition: { id: 'oscar-de' } }),
    startTestOscar('4.1', { clock, people, definition: { id: 'oscar-eu' } }),
    startTestOscar('4.1', { clock, people, definition: { id: 'oscar-pt' } }),
  ]);
  const tokenHosts = [newer.origin, newer.worker].map(({ url }) => new URL(url).host);
  api = await openTestApi({ allowedRanges: ['127.0.0.0/8'], tokenHosts, clock });
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access), expiresIn: 30 * 86_400 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([api.store.close(), ...[older, newer].flatMap(({ origin, worker }) => [origin.end(), worker.end()]), closeDoors()]);
});

const call = (method: string, path: string, body?: unknown) => api.call(method, path, api.as.owner, body);
const script = '#!/bin/sh\n# it\'s "$HOME"\nwc "$INPUT_FILE_PATH"\n';
const service = {
  name: 'words',
  image: 'transat/word-count:1',
  script,
  cpu: '0.5',
  memory: '256Mi',
  input: [{ path: 'words/in' }],
  output: [{ path: 'words/out' }],
};

async function make({ origin, worker }: Both, auth: (oscar: TestOscar) => object, more: object = {}): Promise<string> {
  const register = async (name: string, oscar: TestOscar) =>
    (await call('POST', '/clusters', { name, region: 'other', endpoint: oscar.url, auth: auth(oscar) })).json.id;
  const ids = [await register(`${worker.url} origin`, origin), await register(`${worker.url} worker`, worker)];
  const made = await call('POST', '/pairs', { origin: ids[0], worker: ids[1], service, thresholdSeconds: 45, ...more });
  expect(made.status, made.text).toBe(201);
  return made.json.id;
}

const exported = async (id: string, as: string) => {
  const answer = await call('GET', `/pairs/${id}/export?as=${as}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
};
/** what stands on both, without what is another each time */
const definitions = ({ origin, worker }: Both) =>
  [origin, worker].map(({ cluster }) => {
    const there = cluster.world.service('words');
    const { token: _token, webhookToken: _heard, createdAt: _at, storage_providers: stores, ...rest } = structuredClone(there) ?? {};
    const { default: _own, ...minio } = stores?.minio ?? {};
    return { ...rest, minio };
  });

const passwords = ({ user, password }: TestOscar) => ({ kind: 'basic', user, password });
const kinds = [
  ['signed in to by passwords', older, passwords, {}],
  ['of 4.1, signed in to by a token', newer, () => ({ kind: 'oidc' }), { refreshToken: refresh }],
] as const;

/** oscar-python as far as an export asks of it: each call is written down. */
const recorder = `
import json, os
calls = []
class Client:
    def __init__(self, options): self.id = options["cluster_id"]
    def __getitem__(self, key): return key
    def __getattr__(self, name):
        def call(*given):
            calls.append([self.id, name, *given])
            open(os.environ["CALLS"], "w").write(json.dumps(calls))
            return self
        return call
`;

describe.skipIf(!programs).each(kinds)('a pair %s', (_kind, both, auth, more) => {
  let id: string;
  const texts: Record<string, string> = {};
  let stood: ReturnType<typeof definitions>;
  let env: Record<string, string>;
  beforeAll(async () => {
    id = await make(both, auth, more);
    for (const form of ['fdl', 'oscar-cli', 'curl', 'oscar-python']) texts[form] = await exported(id, form);
    stood = definitions(both);
    const keys = Object.entries(stood[1]?.minio ?? {}).map(([name, { secret_key }]) => [
      `${name}_secret_key`.toUpperCase().replaceAll('-', '_'),
      secret_key,
    ]);
    env = {
      ...Object.fromEntries(keys),
      ORIGIN_PASSWORD: both.origin.password,
      WORKER_PASSWORD: both.worker.password,
      ACCESS_TOKEN: access,
      OIDC_ACCOUNT: 'ada',
      SECRET_REFRESH_TOKEN: refresh,
    };
  });
  const here = (name: string) => {
    const path = join(folder, both.origin.cluster.world.definition.id, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const sh = (text: string, cwd: string, path = '') => {
    writeFileSync(join(cwd, 'export.sh'), text);
    return run('sh', ['export.sh'], { cwd, env: { ...process.env, ...env, PATH: `${path}${process.env.PATH}` } });
  };

  test('tells no password, token or key in any form, and has the program and the time to wait in each', () => {
    const secrets = [both.origin.password, both.worker.password, both.origin.minio.secretKey, both.worker.minio.secretKey, 'canary'];
    for (const text of Object.values(texts)) {
      for (const secret of secrets) expect(text).not.toContain(secret);
      expect(text).toContain('45');
      expect(text).toContain('word-count');
    }
  });

  test('as FDL has both services under the names of their clusters', () => {
    const fdl = parse(texts.fdl ?? '');
    expect(fdl.functions.oscar.map((one: object) => Object.keys(one)[0])).toEqual(stood.map(({ cluster_id }) => cluster_id));
    expect(fdl.clusters).toBeDefined();
    expect(fdl.functions.oscar[0][String(stood[0]?.cluster_id)]).toMatchObject({ name: 'words', script });
  });

  test('by oscar-cli is written into files with the secrets in their places, and the program beside', async () => {
    const cwd = here('cli');
    mkdirSync(join(cwd, 'bin'), { recursive: true });
    for (const name of ['oscar-cli', 'curl'])
      writeFileSync(join(cwd, 'bin', name), `#!/bin/sh\necho "${name} $*" >> calls\n`, { mode: 0o755 });
    await sh(texts['oscar-cli'] ?? '', cwd, `${join(cwd, 'bin')}:`);
    const said = readFileSync(join(cwd, 'calls'), 'utf8');
    const applied = ['words-origin.yaml', 'words-worker.yaml', ...(both === newer ? ['words-worker.yaml'] : [])];
    expect(said.match(/apply \S+/g)).toEqual(applied.map((file) => `apply ${file}`));
    expect(said.includes('/system/federation/words')).toBe(both === newer);
    expect(readFileSync(join(cwd, 'words-origin.script'), 'utf8')).toBe(script);
    const written = parse(readFileSync(join(cwd, 'words-origin.yaml'), 'utf8'));
    const { environment } = written.functions.oscar[0][String(stood[0]?.cluster_id)];
    expect(environment?.secrets).toEqual(both === newer ? { refresh_token: refresh } : undefined);
    if (both === older) expect(written.clusters[String(stood[1]?.cluster_id)].auth_password).toBe(both.worker.password);
  });

  test('by oscar-python makes and changes the same services as it stands', async () => {
    const cwd = here('python');
    mkdirSync(join(cwd, 'oscar_python'), { recursive: true });
    writeFileSync(join(cwd, 'oscar_python', 'client.py'), recorder);
    writeFileSync(join(cwd, 'requests.py'), 'class R:\n    def raise_for_status(self): pass\ndef request(*a, **k): return R()\n');
    writeFileSync(join(cwd, 'export.py'), (texts['oscar-python'] ?? '').replace(/^print.*$/gm, ''));
    await run('python3', ['export.py'], { cwd, env: { ...process.env, CALLS: join(cwd, 'calls.json'), ...env } });
    const all: [string, string, ...unknown[]][] = JSON.parse(readFileSync(join(cwd, 'calls.json'), 'utf8'));
    const calls = all.filter(([, name]) => name !== 'get_service' && name !== 'json');
    expect(calls.map(([, name]) => name)).toEqual(['create_service', 'create_service', 'update_service']);
    const made = calls.find(([cluster, name]) => name === 'create_service' && cluster === stood[1]?.cluster_id);
    expect(made?.[2]).toMatchObject({ name: 'words', script, storage_providers: { minio: stood[1]?.minio } });
  });

  test('by curl is made again as it stood, once it was taken out', async () => {
    expect((await call('DELETE', `/pairs/${id}`)).status).toBe(204);
    expect([both.origin, both.worker].map(({ cluster }) => cluster.world.service('words'))).toEqual([undefined, undefined]);
    await sh(texts.curl ?? '', here('curl'));
    expect(definitions(both)).toEqual(stood);
    expect((await call('GET', `/pairs/${id}/export`)).status).toBe(404);
  });

  test('can’t be made where a secret is missing: nothing is sent', async () => {
    const { WORKER_PASSWORD: _password, ACCESS_TOKEN: _token, ...some } = env;
    env = some;
    await expect(sh(texts.curl ?? '', here('missing'))).rejects.toThrow(/WORKER_PASSWORD|ACCESS_TOKEN/);
  });
});
