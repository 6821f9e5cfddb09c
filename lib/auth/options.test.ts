import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, get as getPlain } from 'node:http';
import { createServer as createTlsServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProvidersAgent } from './agent';
import { ownAddress } from './options';

test.each([
  ['/deployments', 'https://t.example/deployments'],
  ['https://t.example/x?y=1', 'https://t.example/x?y=1'],
  ['https://evil.test/', 'https://t.example'],
  ['//evil.test/', 'https://t.example'],
  ['/\\evil.test', 'https://t.example'],
  ['https://t.example.evil.test', 'https://t.example'],
  ['javascript:alert(1)', 'https://t.example'],
  ['http://t.example/', 'https://t.example'],
  ['http://', 'https://t.example'],
])('after signing in, %s leads to %s', (given, expected) => {
  expect(ownAddress(given, 'https://t.example')).toBe(expected);
});

const certificateTool = '/usr/bin/openssl';

describe('the agent of all providers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'transat-tls-'));
  const names = ['a', 'b'];
  const servers = new Map<string, { port: number; ca: string; close(): void }>();
  let plain: { port: number; close(): void };

  beforeAll(async () => {
    for (const name of names) {
      const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
      const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
      execFileSync(
        certificateTool,
        ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert, ...subject],
        {
          stdio: 'ignore',
        },
      );
      const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end(name));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.set(name, { port: portOf(server.address()), ca: readFileSync(cert, 'utf8'), close: () => server.close() });
    }
    const server = createServer((_, response) => response.end('plain'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    plain = { port: portOf(server.address()), close: () => server.close() };
  });
  afterAll(() => {
    for (const { close } of [...servers.values(), plain]) close();
  });

  const read = (getter: typeof get, url: string, agent: ProvidersAgent) =>
    new Promise<string>((resolve, reject) => {
      getter(url, { agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve(text));
      }).on('error', reject);
    });

  test('trusts each provider’s own authority for that provider only, and speaks plainly to http issuers', async () => {
    const [a, b] = names.map((name) => servers.get(name));
    const common = { name: 'x', clientId: 'c', requiredGroups: [], accessTokensOf: [], scopes: 'openid' };
    const agent = new ProvidersAgent([
      { ...common, id: 'a', issuer: `https://127.0.0.1:${a?.port}/realm`, ca: a?.ca },
      { ...common, id: 'p', issuer: `http://127.0.0.1:${plain.port}/oidc` },
    ]);
    expect(await read(get, `https://127.0.0.1:${a?.port}/`, agent)).toBe('a');
    await expect(read(get, `https://127.0.0.1:${b?.port}/`, agent)).rejects.toThrow(/self-signed/);
    expect(await read(getPlain, `http://127.0.0.1:${plain.port}/`, agent)).toBe('plain');
  });
});

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
