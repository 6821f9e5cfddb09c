import { z } from 'zod';
import { faultSchema } from '../cloud/faults';
import { check, parseJson } from '../http/body';
import { type Answer, type Call, Refusal } from '../http/call';
import { findRoute, type Route, route } from '../http/router';
import { asText, page } from '../oidc/page';
import type { OscarCluster } from './cluster';
import type { OscarHouse } from './house';
import { ROOT_USER } from './world';

const refuse = (status: number, detail: string) => new Refusal({ status, body: { error: detail } });
const settingsSchema = z.strictObject({
  upstreamBugs: z.boolean().optional(),
  staleWebhooks: z.boolean().optional(),
  unreachable: z.boolean().optional(),
  privateMinio: z.boolean().optional(),
});

/** What no real cluster has: a list of all, their keys to try, and ways to have them go wrong. Paths are below `/oscar`. */
export function houseRoutes(house: OscarHouse): Route[] {
  const clusterOf = (call: Call): OscarCluster => {
    const cluster = house.clusters.get(call.params.id ?? '');
    if (!cluster) throw refuse(404, 'There is no such cluster');
    return cluster;
  };
  const offer = (cluster: OscarCluster) => {
    const { world } = cluster;
    const keys = { endpoint: world.minioUrl, accessKey: ROOT_USER, secretKey: world.state.minioPassword };
    return {
      name: world.definition.name,
      version: world.abilities.version,
      endpoint: world.url,
      user: 'oscar',
      password: world.state.password,
      minio: keys,
    };
  };
  return [
    route('GET', '/', () => ({
      status: 200,
      body: [...house.clusters].map(([id, { world }]) => ({
        id,
        name: world.definition.name,
        version: world.abilities.version,
        endpoint: world.url,
        ...(world.definition.region ? { region: world.definition.region } : {}),
        ...(world.definition.demo ? { demo: true } : {}),
      })),
    })),
    route('GET', '/:id', (call) => ({ status: 200, body: keysPage(offer(clusterOf(call))) })),
    route('GET', '/:id/try-me', (call) => {
      const body = offer(clusterOf(call));
      const wantsPage = call.headers.accept?.includes('text/html') ?? false;
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: wantsPage ? keysPage(body) : body };
    }),
    route('GET', '/:id/_faults', (call) => ({ status: 200, body: { faults: clusterOf(call).world.faults.list() } })),
    route('POST', '/:id/_faults', (call) => {
      const { faults } = clusterOf(call).world;
      faults.add(read(call, faultSchema));
      return { status: 201, body: { faults: faults.list() } };
    }),
    route('DELETE', '/:id/_faults', (call) => {
      clusterOf(call).world.faults.clear();
      return { status: 204 };
    }),
    route('PUT', '/:id/_settings', (call) => {
      const { world } = clusterOf(call);
      Object.assign(world.state.settings, read(call, settingsSchema));
      world.changed();
      return { status: 200, body: world.state.settings };
    }),
    route('POST', '/:id/_reset', async (call) => {
      clusterOf(call);
      read(call, z.unknown());
      await house.reset(call.params.id ?? '');
      return { status: 204 };
    }),
  ];
}

export async function answerHouse(routes: Route[], call: Call): Promise<Answer> {
  try {
    const handler = findRoute(routes, call);
    return handler === null || handler === 'method' ? { status: 404, body: { error: 'not found' } } : await handler(call);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function read<T>(call: Call, schema: z.ZodType<T>): T {
  // as in the clouds: no page of another origin can send this type unasked
  if (!/^application\/json\b/.test(call.headers['content-type'] ?? '')) throw refuse(400, 'Send content-type: application/json');
  const body = parseJson(call.text, () => refuse(400, 'The body is no JSON'));
  return check(schema, body, (fault) => refuse(400, `${fault.path.join('.')}: ${fault.message}`));
}

function keysPage(offer: {
  name: string;
  endpoint: string;
  user: string;
  password: string;
  minio: { endpoint: string; accessKey: string; secretKey: string };
}): string {
  const rows: [string, string][] = [
    ['Address', offer.endpoint],
    ['User', offer.user],
    ['Password', offer.password],
    ['MinIO', offer.minio.endpoint],
    ['Access key', offer.minio.accessKey],
    ['Secret key', offer.minio.secretKey],
  ];
  const list = rows.map(([name, value]) => `<div><dt>${asText(name)}</dt><dd>${asText(value)}</dd></div>`).join('\n');
  return page(offer.name, `<p>What a client needs to work with this cluster. A click selects all of a value.</p>\n<dl>\n${list}\n</dl>`);
}
