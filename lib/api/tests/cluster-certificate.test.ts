import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { certificate, privateKey } from '@/lib/web/testing/certificate';
import { signed } from '@/lib/web/testing/signed-certificate';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let oscar: TestOscar;
let front: Server;
let endpoint: string;
/** paths that came through TLS */
const passed: string[] = [];
beforeAll(async () => {
  [api, oscar] = await Promise.all([openTestApi({ allowedRanges: ['127.0.0.0/8'] }), startTestOscar('4.1')]);
  front = createServer({ cert: certificate, key: privateKey }, (request, response) => void passOn(request, response));
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo; // it listens on TCP
  endpoint = `https://127.0.0.1:${port}`;
});
async function passOn({ url = '', method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  passed.push(url);
  const answer = await fetch(oscar.url + url, { method, headers: { authorization: headers.authorization ?? '' } });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain', connection: 'close' });
  response.end(await answer.text());
}
afterAll(async () => {
  front.close();
  await Promise.all([api.store.close(), oscar.end(), closeDoors()]);
});

const fingerprintOf = (shown: { fingerprint: string } | null) => shown?.fingerprint.slice(0, 5);

test('a certificate that was renewed is shown beside the one that was trusted, and is trusted when that is said', async () => {
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  const added = await api.call('POST', '/clusters', api.as.owner, { name: 'Ours', endpoint, auth, ca: certificate });
  expect(added.status, added.text).toBe(201);
  const path = `/clusters/${added.json.id}`;
  const before = await api.call('GET', `${path}/certificate`, api.as.owner);
  expect(before.json).toMatchObject({ shown: { subject: 'CN=localhost' }, kept: [{ subject: 'CN=localhost' }] });
  expect(fingerprintOf(before.json.shown)).toBe(fingerprintOf(before.json.kept[0]));

  front.setSecureContext(signed);
  passed.length = 0;
  const status = await api.call('GET', `${path}/status`, api.as.owner);
  expect(status.json).toMatchObject({ healthy: false, problem: { code: 'site-tls-untrusted' } });
  const { json } = await api.call('GET', `${path}/certificate`, api.as.owner);
  expect(json).toMatchObject({
    shown: { subject: 'CN=oscar of tests', issuer: 'CN=An authority of tests' },
    kept: [{ subject: 'CN=localhost' }],
  });
  expect(passed, 'nothing was sent to whoever shows it').toEqual([]);

  const trusted = await api.call('PATCH', path, api.as.owner, { ca: json.ca });
  expect(trusted.status, trusted.text).toBe(200);
  expect((await api.call('GET', `${path}/status`, api.as.owner)).json).toMatchObject({ healthy: true, problem: null });
  expect((await api.call('GET', `${path}/certificate`, api.as.owner)).json.kept).toHaveLength(2);
  expect((await api.call('GET', `${path}/certificate`, api.as.stranger)).status).toBe(404);
});

test('of the same name a new certificate takes the place of the old one, and none is shown where nothing answers', async () => {
  const [{ id }] = (await api.call('GET', '/clusters', api.as.owner)).json.items;
  const { json } = await api.call('GET', `/clusters/${id}/certificate`, api.as.owner);
  expect(json.ca.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  await new Promise((resolve) => front.close(resolve));
  expect((await api.call('GET', `/clusters/${id}/certificate`, api.as.owner)).json).toMatchObject({ shown: null, ca: null });
});
