import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';

const host = '172.24.4.1'; // guests reach this machine there
const archive = process.env.TRANSAT_NIFI ?? '';

/** The archive on this machine, for the lab's machines to fetch: where it is, its checksum, and how it is taken away again. */
async function served(): Promise<{ url: string; sha256: string; close(): void }> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(archive)) hash.update(piece as Buffer);
  const server = createServer((_, answer) => createReadStream(archive).pipe(answer));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo; // it listens on an address
  return { url: `http://${host}:${port}/nifi-bin.zip`, sha256: hash.digest('hex'), close: () => server.close() };
}

/** Asks NiFi as whoever knows it by that authority alone. @returns its status, and its text */
const asking =
  (url: string, ca: string) =>
  (method: string, path: string, given: { token?: string; type?: string; body?: string } = {}) =>
    new Promise<{ status?: number; text: string }>((resolve, reject) => {
      const headers = {
        ...(given.token && { authorization: `Bearer ${given.token}` }),
        ...(given.body && { 'content-type': given.type ?? 'application/json', 'content-length': Buffer.byteLength(given.body) }),
      };
      const asked = request(new URL(path, url), { method, ca, headers, timeout: 30_000 }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(pieces).toString() }));
      });
      asked.on('error', reject).on('timeout', () => asked.destroy(new Error('no answer')));
      asked.end(given.body);
    });

test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
test.skip(archive === '', 'no archive of NiFi is named in TRANSAT_NIFI: docs/testing.md says how one is had');

test('NiFi lets its user in alone, runs flows and keeps them, is not disturbed by being set up again, and gets another certificate of the same authority', async ({
  baseURL,
}) => {
  test.setTimeout(2_400_000);
  const { api, on } = await withKey(baseURL, 'alice', 'nifi');
  const { url, sha256, close } = await served();
  const inputs = { archive_from: 'address', archive_url: url, archive_sha256: sha256, memory: '2 GiB', disk: '12 GiB', cpus: 1 };
  try {
    await deployOnLab(
      api,
      { credential: 'oidc:lab' },
      { recipe: 'nifi', name: 'journey nifi', inputs },
      { server: 'fast.large' },
      1500,
      async (id) => {
        const outputs = await api.outputs(id, true);
        expect(outputs.proof).toMatch(/^\d+ flow files were made, changed and read in a flow of its own/);
        const ask = asking(outputs.url ?? '', outputs.authority ?? '');
        expect((await ask('GET', '/nifi/')).status).toBe(200);
        expect((await ask('GET', '/nifi-api/flow/status')).status).toBe(401);

        const signIn = async () => {
          const body = new URLSearchParams({ username: outputs.admin_user ?? '', password: outputs.admin_password ?? '' }).toString();
          const { status, text } = await ask('POST', '/nifi-api/access/token', { type: 'application/x-www-form-urlencoded', body });
          expect(status, text).toBe(201);
          return text;
        };
        const groups = async (token: string) => {
          const { text } = await ask('GET', '/nifi-api/process-groups/root/process-groups', { token });
          return (JSON.parse(text) as { processGroups: { component: { name: string } }[] }).processGroups.map(
            ({ component }) => component.name,
          );
        };
        const token = await signIn();
        expect(await groups(token)).toEqual([]);
        const group = JSON.stringify({ revision: { version: 0 }, component: { name: 'mine', position: { x: 0, y: 0 } } });
        expect((await ask('POST', '/nifi-api/process-groups/root/process-groups', { token, body: group })).status).toBe(201);

        const { run } = await on(id);
        const began = () => run('systemctl show nifi -p ActiveEnterTimestampMonotonic');
        const certificate = () => run('sudo openssl x509 -in /etc/nifi/tls/machine.pem -noout -serial');
        const [first, signed] = [await began(), await certificate()];
        await rerun(api, id, 'metadata.configure', 900);
        expect([await began(), await certificate(), await groups(token)]).toEqual([first, signed, ['mine']]);

        // as in the last month of a certificate: there is none that stays
        await run('sudo rm /etc/nifi/tls/machine.pem');
        await rerun(api, id, 'nifi.configure', 900);
        expect(await certificate()).not.toBe(signed);
        expect(await began()).not.toBe(first);
        expect(await groups(await signIn())).toEqual(['mine']);
      },
    );
  } finally {
    close();
  }
});
