import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queueFile, queueReportSchema } from '@/lib/nodes/protocol';

const functions = join(import.meta.dirname, '../lib/nodes/agent/functions.sh');
const script = readFileSync(join(import.meta.dirname, 'shared/tell-queue.sh'), 'utf8');
const report = { waiting: 2, wanted: 1, machines: [{ name: 'w-1', state: 'busy' }] };

let machine: string;
let transat: Server | undefined;
const path = (file: string) => join(machine, file);
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'tell-queue-'));
  for (const folder of ['bin', 'etc/systemd/system', 'usr/local/lib/transat', 'var/lib/transat'])
    mkdirSync(path(folder), { recursive: true });
  writeFileSync(path('bin/systemctl'), `#!/bin/bash\necho "$*" >>${path('calls')}\n[[ $* != *slurm-queue* ]]\n`, { mode: 0o755 });
  writeFileSync(path('usr/local/lib/transat/queue.py'), `print('${JSON.stringify(report)}')\n`);
});
afterEach(() => {
  transat?.close();
  transat = undefined;
  rmSync(machine, { recursive: true });
});

/** The script has run on a machine that calls Transat at `url`, or can't call. @returns what its timer starts */
function setUp(url?: string) {
  writeFileSync(path('var/lib/transat/config.json'), JSON.stringify(url === undefined ? {} : { callback: { url } }));
  const here = script.replaceAll(/(?<![\w$}])\/(?=(etc|usr\/local|var\/lib)\/)/g, `${machine}/`);
  const env = { NODE_ENV: 'test' as const, PATH: `${machine}/bin:${process.env.PATH}`, QUEUE_GROUP: 'workers', QUEUE_TOKEN: 't0ken' };
  execFileSync('bash', ['-c', `. ${functions}; ${here}`], { env });
  return () => promisify(execFile)('python3', [path('usr/local/lib/transat/tell-queue.py')], { timeout: 20_000 });
}

it('sends what the recipe’s program prints, with the token of that queue', async () => {
  const heard: { url?: string; token?: string; body: string }[] = [];
  transat = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      heard.push({ url: request.url, token: request.headers.authorization, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => transat?.listen(0, '127.0.0.1', resolve));
  const address = transat.address();
  await setUp(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/agent/n1`)();
  expect(heard).toEqual([{ url: '/agent/n1/queue/workers', token: 'Bearer t0ken', body: expect.any(String) }]);
  expect(queueReportSchema.parse(JSON.parse(heard[0]?.body ?? ''))).toEqual(report);
});

it('leaves it to be read where nobody can be called, and does so by a timer of its own', async () => {
  await setUp()();
  expect(queueReportSchema.parse(JSON.parse(readFileSync(path(queueFile('workers')), 'utf8')))).toEqual(report);
  expect(statSync(path('etc/transat/queue.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(path('etc/systemd/system/transat-queue.service'))).toBe(true);
  // that of an earlier version of SLURM's recipe tells no more
  const calls = readFileSync(path('calls'), 'utf8').trim().split('\n');
  expect(calls).toEqual(['--quiet disable --now slurm-queue.timer', 'daemon-reload', '--quiet enable --now transat-queue.timer']);
});

it('tells nothing where the recipe’s program fails', async () => {
  const tell = setUp();
  writeFileSync(path('usr/local/lib/transat/queue.py'), 'raise SystemExit(1)\n');
  await expect(tell()).rejects.toThrow();
  expect(existsSync(path(queueFile('workers')))).toBe(false);
});
