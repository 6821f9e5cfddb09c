import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bareDefinition } from './bare-definition';
import { exportPair } from './exports';

const evil = 'touch pwned';
const names = [`fish; ${evil}`, `fish\n${evil}\n`, `fish'; ${evil}; '`, `$(${evil})\`${evil}\``, '../../fish', `SERVICE\n${evil}\nFDL`];
const definition = (name: string) => ({
  name,
  script: `SERVICE\n${evil}\nFDL\nSCRIPT\n${evil}\n`,
  clusters: { [name]: { endpoint: 'https://us.example', auth_user: name, auth_password: 'canary', ssl_verify: true } },
  storage_providers: { minio: { [name]: { endpoint: 'https://s3.example', access_key: 'a', secret_key: 'canary' } } },
  environment: { variables: { A: `"${evil}"` }, secrets: { path: 'canary', [name]: 'canary' } },
  federation: { members: [{ cluster_id: name }] },
});
const pair = (name: string, newer: boolean, staleWebhooks = !newer) => {
  const side = {
    id: name,
    endpoint: 'https://oscar.example',
    auth: { kind: 'basic' as const, user: `oscar'; ${evil}; '` },
    staleWebhooks,
    ...bareDefinition(definition(name)),
  };
  return { name, origin: side, worker: side, newer };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-pair-'));
  for (const name of ['bin', 'here']) mkdirSync(join(folder, name));
  for (const program of ['oscar-cli', 'curl', 'jq']) {
    // another word each time, as a token is after a change
    writeFileSync(join(folder, 'bin', program), '#!/bin/sh\ncat /proc/sys/kernel/random/uuid\n');
    chmodSync(join(folder, 'bin', program), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(names.flatMap((name) => [true, false].map((newer) => [name, newer] as const)))(
  'what a cluster calls %j runs what the export says alone (4.1: %s)',
  (name, newer) => {
    const given = pair(name, newer);
    const variables = Object.fromEntries(given.origin.secrets.map(({ variable }) => [variable, 'x']));
    const own = { ORIGIN_PASSWORD: 'x', WORKER_PASSWORD: 'x', ACCESS_TOKEN: 'x' };
    const env = { ...process.env, ...variables, ...own, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
    for (const form of ['oscar-cli', 'curl'] as const)
      execFileSync('sh', ['-s'], {
        cwd: join(folder, 'here'),
        input: exportPair(form, given).text,
        env,
        stdio: ['pipe', 'ignore', 'pipe'],
      });
    expect(readdirSync(join(folder, 'here'))).not.toContain('pwned');
    expect(readdirSync(folder).toSorted()).toEqual(['bin', 'here']);
    const python = exportPair('oscar-python', given).text;
    expect(python.split('\n').filter((line) => line.startsWith(evil))).toEqual([]);
    execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: python });
  },
);

test.each(['curl', 'oscar-python'] as const)(
  'with %s, a change names an input twice where MinIO would not hear of it otherwise',
  (form) => {
    const twice = /\.input\[:1\]|\["input"\]\[:1\]/;
    for (const newer of [true, false])
      expect([true, false].map((stale) => twice.test(exportPair(form, pair('fish', newer, stale)).text))).toEqual([true, false]);
  },
);

test('a definition is told without what is secret, with a variable for each, and without what OSCAR adds', () => {
  const told = {
    ...definition('us-1'),
    token: 'canary',
    owner: 'ada',
    labels: { uid: 'ada', mine: 'yes' },
    enable_gpu: false,
    replicas: [{ type: 'endpoint', url: 'https://x.example', headers: { Authorization: 'Bearer canary' } }],
    expose: { min_scale: 0 },
    storage_providers: {
      minio: { default: { secret_key: 'hidden' }, 'us-1': { secret_key: 'canary' } },
      rucio: { r: { refresh_token: 'canary' } },
    },
  };
  const { definition: bare, secrets } = bareDefinition(told, { 'us-1': 'WORKER_PASSWORD' });
  expect(JSON.stringify(bare)).not.toMatch(/canary|hidden/);
  expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['token']));
  expect(bare).toMatchObject({ owner: 'ada', labels: { mine: 'yes' }, clusters: { 'us-1': { auth_password: '', ssl_verify: true } } });
  expect(Object.keys(bare).filter((key) => ['enable_gpu', 'expose', 'token'].includes(key))).toEqual([]);
  expect(secrets.map(({ variable }) => variable)).toEqual([
    'WORKER_PASSWORD',
    'MEMBER_0_AUTHORIZATION',
    'R_REFRESH_TOKEN',
    'US_1_SECRET_KEY',
    'SECRET_PATH',
    'SECRET_US_1',
  ]);
});
