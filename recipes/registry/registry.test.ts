import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { scriptText } from '../testing/script';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const authority = generateCertificateAuthority('registry', new Date()).reveal();

// A machine in a folder: the scripts' paths lead there, and what would change this machine is told of.
let machine: string;
let server: Server | undefined;
const at = (path: string) => join(machine, path);
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\necho "${program} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'registry-'));
  for (const folder of ['bin', 'etc', 'srv', 'var/lib/transat']) mkdirSync(at(folder), { recursive: true });
  play('systemctl', '[ "$1" != is-active ] || [ -e "$R/runs" ]; [ "$1" != restart ] || touch "$R/runs"');
  play('htpasswd', 'read -r given; if [ "$1" = -vi ]; then [ "$(cat "$2" 2>/dev/null)" = "$3:$given" ]; else echo "$3:$given"; fi');
  play(
    'install',
    'for ((left = $#; left > 0; left--)); do case $1 in -o|-g) shift 2; left=$((left - 1)) ;; *) set -- "$@" "$1"; shift ;; esac; done; exec /usr/bin/install "$@"',
  );
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(machine, { recursive: true });
});

const given = {
  SERVER: '127.0.0.1',
  PRIVATE_ADDRESS: '127.0.0.1',
  PUBLIC_ADDRESS: '192.0.2.7',
  NODE_NAME: 'front',
  PASSWORD: 'a "hard\\" one',
};

async function run(script: string, changed: Partial<typeof given> = {}) {
  for (const file of ['calls', 'outputs']) writeFileSync(at(file), '');
  const port = (server?.address() as AddressInfo | null | undefined)?.port ?? 5443;
  const text = scriptText(join(import.meta.dirname, `scripts/${script}.sh`))
    .replaceAll(/(?<![\w./])\/(etc|srv|var\/lib)\//g, `${machine}/$1/`)
    .replaceAll(/\b5443\b/g, String(port));
  const wait = server ? '' : 'wait_for() { true; };';
  const { code, printed } = await new Promise<{ code: number; printed: string }>((done) => {
    const child = execFile(
      'bash',
      ['-c', `. ${functions}; apt_install() { true; }; ${wait} ${text}`],
      {
        env: {
          NODE_ENV: 'test',
          PATH: `${at('bin')}:${process.env.PATH}`,
          TRANSAT_OUTPUTS: at('outputs'),
          CA_CERT: authority.cert,
          CA_KEY: authority.key,
          ...given,
          ...changed,
        },
      },
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, printed: stdout + stderr }),
    );
  });
  return { code, printed, calls: readFileSync(at('calls'), 'utf8'), outputs: readFileSync(at('outputs'), 'utf8') };
}

// signed once for all tests
let signed: { cert: Buffer; key: Buffer } | undefined;
async function certificate(): Promise<{ cert: Buffer; key: Buffer }> {
  if (!signed) await run('server');
  const folder = at('etc/docker/registry');
  signed ??= { cert: readFileSync(join(folder, 'certificate.pem')), key: readFileSync(join(folder, 'key.pem')) };
  return signed;
}

/** A registry as small as can be, with the certificate that the recipe signed. */
async function listen({ open = false, corrupts = false } = {}): Promise<Map<string, Buffer>> {
  const kept = new Map<string, Buffer>();
  const login = `Basic ${Buffer.from(`transat:${given.PASSWORD}`).toString('base64')}`;
  const reply = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://registry');
    const answer = (status: number, said?: Buffer, location?: string) =>
      response.writeHead(status, location === undefined ? {} : { location }).end(said);
    if (request.headers.authorization !== login && !open) return answer(401);
    if (request.method === 'POST') return answer(202, undefined, '/v2/transat/proof/blobs/uploads/1?state=x');
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    if (request.method === 'PUT') {
      const [name, named] = [pathname.includes('/manifests/') ? 'manifests' : 'blobs', searchParams.get('digest') ?? digest];
      if (named !== digest) return answer(400);
      kept.set(`${name}/${digest}`, body);
      if (name === 'manifests') kept.set('manifests/now', body);
      return answer(201);
    }
    const key = pathname.replace('/v2/transat/proof/', '');
    if (request.method === 'DELETE') return answer(kept.delete(key) ? 202 : 404);
    const found = kept.get(key);
    if (!found) return answer(404);
    return answer(200, corrupts && key.startsWith('blobs') ? Buffer.concat([found, Buffer.from('x')]) : found);
  };
  server = createServer(await certificate(), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => reply(request, response, Buffer.concat(chunks)));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return kept;
}

it('signs with the authority for both addresses, keeps its key to itself, and begins anew where something changed alone', async () => {
  const first = await run('server');
  expect(first).toMatchObject({ code: 0, calls: expect.stringContaining('systemctl restart docker-registry') });
  expect(first.outputs).toContain('address=192.0.2.7:5443\ninside=127.0.0.1:5443');
  writeFileSync(at('authority.pem'), authority.cert);
  const folder = at('etc/docker/registry');
  const verify = (ip: string) =>
    String(execFileSync('openssl', ['verify', '-CAfile', at('authority.pem'), '-verify_ip', ip, join(folder, 'certificate.pem')]));
  expect([verify('192.0.2.7'), verify('127.0.0.1')]).toEqual([expect.stringContaining('OK'), expect.stringContaining('OK')]);
  await certificate();
  for (const file of ['key.pem', 'passwords']) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o640);
  expect(readFileSync(join(folder, 'config.yml'), 'utf8')).not.toContain(given.PASSWORD);

  expect((await run('server')).calls).not.toContain('systemctl restart');
  for (const changed of [{ PASSWORD: 'another one now' }, { PUBLIC_ADDRESS: '192.0.2.8' }])
    expect((await run('server', changed)).calls).toContain('systemctl restart docker-registry');
});

it('leaves the registry to the first of several front ends', async () => {
  expect(await run('server', { PRIVATE_ADDRESS: '10.0.0.9' })).toMatchObject({ code: 0, calls: '', outputs: '' });
  expect(await run('proof', { PRIVATE_ADDRESS: '10.0.0.9' })).toMatchObject({ code: 0, outputs: 'proof=as 127.0.0.1 says\n' });
  expect(existsSync(at('etc/docker'))).toBe(false);
});

it('pushes an image and pulls it again, and leaves nothing of it', async () => {
  const kept = await listen();
  const { code, printed, outputs } = await run('proof');
  expect(printed).toContain('Proven');
  expect([code, outputs]).toEqual([0, expect.stringContaining('pushed and pulled')]);
  expect([...kept.keys()]).toEqual(['manifests/now']);
});

it.each([
  ['lets everybody in', { open: true }, 'not refused with 401'],
  ['gives back what was not pushed', { corrupts: true }, 'not what was pushed'],
])('proves nothing of a registry that %s', async (_, how, said) => {
  await listen(how);
  const { code, printed, outputs } = await run('proof');
  expect([code, outputs]).toEqual([1, '']);
  expect(printed).toContain(said);
});

it('trusts the authority for that registry alone, refuses one that lets everybody in, and forgets the one of before', async () => {
  writeFileSync(at('var/lib/transat/registry-at'), '10.0.0.3:5443\n');
  mkdirSync(at('etc/docker/certs.d/10.0.0.3:5443'), { recursive: true });
  await listen();
  expect(await run('trust')).toMatchObject({ code: 0 });
  const name = readFileSync(at('var/lib/transat/registry-at'), 'utf8').trim();
  for (const place of ['docker', 'containers', 'containerd'])
    expect(readFileSync(at(`etc/${place}/certs.d/${name}/ca.crt`), 'utf8')).toBe(`${authority.cert}\n`);
  expect(existsSync(at('etc/docker/certs.d/10.0.0.3:5443'))).toBe(false);
  server?.close();
  await listen({ open: true });
  expect((await run('trust')).code).toBe(1);
  expect((await run('trust-off')).code).toBe(0);
  expect(existsSync(at('var/lib/transat/registry-at'))).toBe(false);
});
