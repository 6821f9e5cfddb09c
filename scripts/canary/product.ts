import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerApi, answerHealth, answerMetrics, answerReadiness } from '@/lib/api';
import { log } from '@/lib/core/log';
import { Secret } from '@/lib/core/secret';
import { endTracing, startTracing } from '@/lib/core/tracing';
import { getCredentials } from '@/lib/credentials';
import { startWorker, stopWorker } from '@/lib/deploying/work/room';
import { closeStore, getStore } from '@/lib/store';

// The product's API and worker in a process of their own, without pages, for the search for secrets that got out: every URL that
// leaves it is written to CANARY_URLS. What begins with /_ is the test's own door.
const { PORT = '', CANARY_URLS = '' } = process.env;
const note = (method: unknown, url: string) => appendFileSync(CANARY_URLS, `${String(method)} ${url}\n`);

interface UndiciRequest {
  request: { method: string; origin: string | URL; path: string };
}
// the shapes that Node's and undici's documentation give for these channels
diagnostics.subscribe('undici:request:create', (message) => {
  const { request } = message as UndiciRequest;
  note(request.method, `${String(request.origin)}${request.path}`);
});
diagnostics.subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: { method: string; protocol: string; host: string; path: string } };
  note(request.method, `${request.protocol}//${request.host}${request.path}`);
});

const server = createServer((incoming, outgoing) => {
  answer(incoming)
    .then((response) => write(response, outgoing))
    .catch((error: unknown) => {
      log.error({ err: error }, 'no answer');
      outgoing.writeHead(500).end();
    });
});

async function answer(incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? '/', `http://127.0.0.1:${PORT}`);
  const path = url.pathname;
  if (path === '/healthz') return answerHealth();
  if (path === '/readyz') return await answerReadiness();
  if (path === '/metrics') return await answerMetrics(new Request(url, { headers: { 'x-transat-peer': '127.0.0.1' } }));
  if (path === '/_session') return await keepSession(body.toString());
  if (path === '/_secrets') return Response.json(await openEverything());
  if (path === '/_leak') {
    log.debug({ leak: body.toString() }, 'a fault of the kind that is searched for');
    return new Response(null, { status: 204 });
  }
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const method = incoming.method ?? 'GET';
  return await answerApi(new Request(url, { method, headers, body: method === 'GET' ? undefined : new Uint8Array(body) }));
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

// What a browser's sign-in keeps: the pages that do it are not here.
async function keepSession(text: string): Promise<Response> {
  const tokens = JSON.parse(text) as { access_token: string; refresh_token: string; id_token: string };
  const [{ db }, { grants }] = await Promise.all([getStore(), getCredentials()]);
  const { id } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  await grants.keep(id, 'sandbox', {
    accessToken: new Secret(tokens.access_token),
    refreshToken: new Secret(tokens.refresh_token),
    idToken: new Secret(tokens.id_token),
    expiresIn: 3600,
  });
  return new Response(null, { status: 204 });
}

// All that deployments keep sealed, by name.
async function openEverything(): Promise<Record<string, string>> {
  const [{ db }, { vault }] = await Promise.all([getStore(), getCredentials()]);
  const found: Record<string, string> = {};
  const rows = await db
    .selectFrom('deployment_secrets')
    .innerJoin('deployments', 'deployments.id', 'deployment_id')
    .select(['deployment_id', 'deployments.user_id', 'deployment_secrets.name', 'sealed'])
    .execute();
  for (const { deployment_id, user_id, name, sealed } of rows) {
    const text = (await vault.open(user_id, deployment_id, `deployment-secret:${name}`, sealed, 'search for it')).reveal();
    for (const [part, value] of Object.entries(JSON.parse(text) as Record<string, string>)) found[`${name}/${part}`] = value;
  }
  return found;
}

server.listen(
  Number(PORT),
  '127.0.0.1',
  () =>
    void startTracing('web', process.env)
      .then(startWorker)
      .then(() => console.log('ready')),
);
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void stopWorker()
    .then(closeStore)
    .then(endTracing)
    .then(() => process.exit(0));
});
