import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'scripts/snapshots.sh'), 'utf8');
const program = /cat >"\$program\.new" <<'PYTHON'\n(.*?)\nPYTHON\n/s.exec(script)?.[1] ?? '';

// A control plane in a folder, and an etcd that sends what a test has it send, to who has a certificate of its authority.
let machine: string;
let server: Server;
let sends: Buffer | Error;
let pki: string;
const at = (path: string) => join(machine, path);
const kept = () => readdirSync(at('etcd-snapshots')).filter((name) => name.endsWith('.db'));

/** What etcd sends of a database: that, then its checksum. */
const whole = (database: Buffer) => Buffer.concat([database, createHash('sha256').update(database).digest()]);
const database = (pages: number, fill = 7) => Buffer.alloc(pages * 4096, fill);

beforeAll(async () => {
  pki = mkdtempSync(join(tmpdir(), 'etcd-'));
  const [key, certificate] = [join(pki, 'healthcheck-client.key'), join(pki, 'healthcheck-client.crt')];
  const ask = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=etcd'];
  execFileSync('openssl', [...ask, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const [cert, ca] = [readFileSync(certificate), readFileSync(certificate)];
  writeFileSync(join(pki, 'ca.crt'), ca);
  server = createServer({ key: readFileSync(key), cert, ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v3/maintenance/snapshot') return response.writeHead(404).end();
    if (sends instanceof Error) return response.end(`${JSON.stringify({ error: { message: sends.message } })}\n`);
    for (let at = 0; at < sends.length; at += 32_768)
      response.write(`${JSON.stringify({ result: { remaining_bytes: '1', blob: sends.subarray(at, at + 32_768).toString('base64') } })}\n`);
    return response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.close();
  rmSync(pki, { recursive: true });
});
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'snapshots-'));
  mkdirSync(at('etcd-snapshots'));
  writeFileSync(at('kept'), '3\n');
  sends = whole(database(40));
});
afterEach(() => rmSync(machine, { recursive: true }));

function run(...words: string[]): Promise<{ code: number; printed: string; said: string }> {
  const text = program
    .replace('/var/lib/transat/etcd-snapshots', at('etcd-snapshots'))
    .replace('/etc/kubernetes/pki/etcd', pki)
    .replace('/etc/transat/etcd-snapshots-kept', at('kept'));
  const args = ['-c', text, ...words, '--port', String((server.address() as AddressInfo).port)];
  return new Promise((done) => {
    const child = execFile('python3', args, { encoding: 'utf8' }, (_, printed, said) =>
      done({ code: child.exitCode ?? -1, printed, said }),
    );
  });
}

it('keeps what etcd sends to the byte, for root alone, under the time', async () => {
  const { code, printed } = await run();
  expect(code).toBe(0);
  expect(printed).toMatch(/^\d{8}T\d{6}Z\n$/);
  const file = at(`etcd-snapshots/${printed.trim()}.db`);
  expect(readFileSync(file).equals(sends as Buffer)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await run('check', printed.trim())).toMatchObject({ code: 0 });
});

it('keeps so many, of which the oldest go, and nothing that is not its own', async () => {
  const old = ['20260101T000000Z.db', '20260102T000000Z.db', '20260103T000000Z.db'];
  for (const name of [...old, 'mine.db', '20260101T000000Z.txt']) writeFileSync(at(`etcd-snapshots/${name}`), 'x');
  const { printed } = await run('take');
  expect(kept().toSorted()).toEqual([...old.slice(1), `${printed.trim()}.db`, 'mine.db']);
  expect((await run('list')).printed.trim().split('\n')).toEqual(['20260102T000000Z', '20260103T000000Z', printed.trim()]);
  expect(readdirSync(at('etcd-snapshots'))).toContain('20260101T000000Z.txt');
});

it.each<[what: string, sent: Buffer | Error, said: RegExp]>([
  ['is cut off', whole(database(40)).subarray(0, 90_000), /is not whole/],
  ['is empty', Buffer.alloc(0), /is not whole/],
  ['came otherwise than it was sent', Buffer.concat([database(40, 8), whole(database(40)).subarray(-32)]), /is not what etcd sent/],
  ['etcd ends with an error', new Error('no space'), /no space/],
])('keeps nothing that %s, and lets nothing go for it', async (_, sent, said) => {
  const old = ['1', '2', '3', '4'].map((day) => `2026010${day}T000000Z.db`);
  for (const name of old) writeFileSync(at(`etcd-snapshots/${name}`), 'x');
  sends = sent;
  const result = await run();
  expect(result.code).toBe(1);
  expect(result.said).toMatch(said);
  expect(kept().toSorted()).toEqual(old);
});

it.each([
  ['20260101T000000Z', /is not whole/],
  ['20270101T000000Z', /is not here/],
  ['../../etc/shadow', /is not here/],
  ['$(touch x) "', /is not here/],
])('says what is amiss with the snapshot %j', async (name, said) => {
  writeFileSync(at('etcd-snapshots/20260101T000000Z.db'), 'x'.repeat(2000));
  const result = await run('check', name);
  expect([result.code, result.said]).toEqual([1, expect.stringMatching(said)]);
});
