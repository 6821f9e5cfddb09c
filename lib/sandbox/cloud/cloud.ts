import type { IncomingMessage, ServerResponse } from 'node:http';
import { blazarUnknown } from '../blazar/errors';
import { pluginsOf } from '../blazar/plugins';
import { blazarRoutes, blazarTokenRefused, blazarVersionRoutes, checkVersion } from '../blazar/routes';
import { cinderRoutes, cinderVersion, cinderVersions } from '../cinder/routes';
import { glanceRoutes, glanceTokenRefused, glanceUnknown } from '../glance/routes';
import { type Answer, type Call, newRequestId, Refusal } from '../http/call';
import { readBody, send } from '../http/listen';
import { findRoute, type Route } from '../http/router';
import { keystoneRoot, keystoneRoutes, keystoneUnknown } from '../keystone/routes';
import { type ProjectSession, projectSession } from '../keystone/sessions';
import { unknownPath as neutronUnknown } from '../neutron/errors';
import { neutronRoutes } from '../neutron/routes';
import { NodeAgents } from '../node/agents';
import { unknownPath as novaUnknown, tokenRefused } from '../nova/errors';
import { ServerLife } from '../nova/life';
import { RemoteConsoles } from '../nova/remote-consoles';
import { novaRoutes, novaVersion, novaVersions } from '../nova/routes';
import { microversion, versionHeaders } from '../nova/version';
import { octaviaRoutes, octaviaUnknown } from '../octavia/routes';
import { adminRoutes } from './admin';
import { Faults } from './faults';
import { answerFault } from './go-wrong';
import { timeRoutes } from './time';
import type { World } from './world';

interface Mount {
  /** path below the cloud; the longest that fits is taken */
  prefix: string;
  /** name for faults; null: can't be told to go wrong */
  service: string | null;
  routes: Route[];
  unknown: () => Answer;
  /** refuses a call without a good token, as the middleware before the service does (its root, the versions, is open to all) */
  guard?: (call: Call) => unknown;
  /** headers that every answer of the service has */
  headers?: (call: Call) => Record<string, string>;
}

/** One cloud as an HTTP handler: its services under their paths. */
export class Cloud {
  readonly world: World;
  readonly #mounts: Mount[];
  readonly #faults = new Faults();

  constructor(world: World) {
    this.world = world;
    const agents = new NodeAgents(world, this.#faults);
    const life = new ServerLife(world, agents);
    const consoles = new RemoteConsoles(world);
    const identity = world.url;
    const session =
      (refuse: (url: string) => Refusal) =>
      (call: Call): ProjectSession => {
        const found = projectSession(world, call);
        if (!found) throw refuse(identity);
        return found;
      };
    const common = session(tokenRefused);
    const glance = session(glanceTokenRefused);
    const neutron = { world, session: common, url: `${world.url}/network` };
    const plugins = pluginsOf({ world, life });
    const volumeHeaders = () => ({ 'OpenStack-API-Version': 'volume 3.0', Vary: 'OpenStack-API-Version' });
    this.#mounts = [
      {
        prefix: '/compute/v2.1',
        service: 'compute',
        routes: [novaVersion(world), ...novaRoutes(world, common, life, consoles)],
        guard: common,
        unknown: novaUnknown,
        headers: (call) => versionHeaders(microversion(call)),
      },
      { prefix: '/compute', service: 'compute', routes: [novaVersions(world)], unknown: novaUnknown },
      { prefix: '/network', service: 'network', routes: neutronRoutes(neutron), guard: common, unknown: neutronUnknown },
      { prefix: '/image', service: 'image', routes: glanceRoutes(world, glance), guard: glance, unknown: glanceUnknown },
      {
        prefix: '/volume/v3',
        service: 'block-storage',
        routes: [cinderVersion(world), ...cinderRoutes(world, common)],
        guard: common,
        unknown: novaUnknown,
        headers: volumeHeaders,
      },
      { prefix: '/volume', service: 'block-storage', routes: [cinderVersions(world)], unknown: novaUnknown },
      {
        prefix: '/v3',
        service: 'identity',
        routes: keystoneRoutes(world),
        unknown: keystoneUnknown,
        headers: () => ({ Vary: 'X-Auth-Token' }),
      },
      {
        prefix: '',
        service: null,
        routes: [
          ...adminRoutes(world, this.#faults, { reset: () => this.reset(), sendJobs: (node, jobs) => agents.sendJobs(node, jobs) }),
          ...timeRoutes(world, plugins),
          ...consoles.pages(),
          keystoneRoot(world),
        ],
        unknown: keystoneUnknown,
      },
    ];
    if (world.definition.octavia) {
      const routes = octaviaRoutes(world, common);
      this.#mounts.unshift({ prefix: '/load-balancer', service: 'load-balancer', routes, guard: common, unknown: octaviaUnknown });
    }
    if (world.definition.blazar) {
      const headers = () => ({ 'OpenStack-API-Version': 'reservation 1.0', Vary: 'OpenStack-API-Version' });
      const blazar = session(blazarTokenRefused);
      const guard = (call: Call) => {
        checkVersion(call);
        blazar(call);
      };
      this.#mounts.unshift(
        {
          prefix: '/reservation/v1',
          service: 'reservation',
          routes: blazarRoutes(world, blazar, plugins),
          guard,
          unknown: blazarUnknown,
          headers,
        },
        { prefix: '/reservation', service: 'reservation', routes: blazarVersionRoutes(world, blazar), unknown: blazarUnknown },
      );
    }
  }

  /** Forgets everything that anybody did, and what it was told to do wrong. */
  reset(): void {
    this.#faults.clear();
    this.world.reset();
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    this.world.schedule.run();
    const mount = this.#mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    const text = await readBody(request);
    if (!mount || text === null) return send(response, { status: text === null ? 413 : 404 });
    // Keystone's routes say their version themselves
    const below = mount.service === 'identity' ? path : path.slice(mount.prefix.length);
    const call: Call = {
      method: request.method ?? 'GET',
      path: withoutEnd(below.replace(/\.json$/, ''), mount.service),
      query,
      headers: request.headers,
      text,
      params: {},
      requestId: newRequestId(),
    };
    const headers = { 'X-OpenStack-Request-Id': call.requestId };
    const fault = mount.service === null ? null : this.#faults.take(mount.service, call.method, call.path);
    const commit = async () => withHeaders(await answer(mount, call), headers);
    if (fault && mount.service) return answerFault(fault, { response, service: mount.service, commit, headers });
    send(response, await commit());
  }
}

/** A path without the slash behind it, which Blazar alone takes for another path. */
function withoutEnd(path: string, service: string | null): string {
  return (service === 'reservation' ? path : path.replace(/(?<=.)\/+$/, '')) || '/';
}

async function answer(mount: Mount, call: Call): Promise<Answer> {
  try {
    const shared = mount.headers?.(call) ?? {};
    if (call.path !== '/') mount.guard?.(call);
    const handler = findRoute(mount.routes, call);
    if (handler === null) return mount.unknown();
    if (handler === 'method') return { status: 405, headers: { 'content-type': 'text/plain' }, body: '405 Method Not Allowed' };
    try {
      return withHeaders(await handler(call), shared);
    } catch (error) {
      if (error instanceof Refusal) return withHeaders(error.answer, shared);
      throw error;
    }
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // a fault of the sandbox itself: said plainly, so that nobody looks for it in the product
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { status: 500, body: { sandboxFault: { code: 500, message: detail } } };
  }
}

function withHeaders(one: Answer, headers: Record<string, string>): Answer {
  return { ...one, headers: { ...headers, ...one.headers } };
}
