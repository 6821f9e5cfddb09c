import type { World } from '../cloud/world';
import { parseJson } from '../http/body';
import { type Answer, type Call, Refusal } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import type { LeaseRecord } from '../state/leases';
import { Calendar, hostIndex } from './calendar';
import { blazarUnknown, brokenJson, frameworkError, noLease, notAllowed } from './errors';
import { asObject, parseLease } from './lease-input';
import { checkTrust, Leases } from './leases';
import type { Plugins } from './plugins';
import { resourceRoutes } from './resources';
import { showHost, showLease } from './show';

type Sessions = (call: Call) => ProjectSession;

export function blazarTokenRefused(identityUrl: string): Refusal {
  return new Refusal({
    status: 401,
    headers: { 'WWW-Authenticate': `Keystone uri="${identityUrl}"` },
    body: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  });
}

/** Blazar's versions, for which it wants a token too. Paths are those below `/reservation`. */
export function blazarVersionRoutes(world: World, session: Sessions): Route[] {
  const versions = (call: Call): Answer => {
    session(call);
    const links = (version: string) => [{ href: `${world.url}/reservation/${version}`, rel: 'self' }];
    const current = { id: 'v1.0', status: 'CURRENT', links: links('v1'), min_version: '1.0', max_version: '1.0' };
    return { status: 300, body: { versions: [current, { id: 'v2.0', status: 'DEPRECATED', links: links('v2') }] } };
  };
  return [route('GET', '/', versions), route('GET', '/versions', versions)];
}

/** Blazar v1 as Chameleon opens it: hosts and allocations for all. Paths are those below `/reservation/v1`. */
export function blazarRoutes(world: World, session: Sessions, plugins: Plugins): Route[] {
  const leases = new Leases(world, plugins);
  const isFork = () => world.state.settings.blazar === 'chameleon';
  const own = (call: Call): LeaseRecord[] => world.state.leases.filter((lease) => lease.projectId === session(call).projectId);
  const verbs: Record<string, string> = { GET: 'get', PUT: 'put', DELETE: 'delete' };
  const mine = (call: Call): LeaseRecord => {
    const found = own(call).find((one) => one.id === call.params.id);
    if (found) return found;
    const isOthers = world.state.leases.some(({ id }) => id === call.params.id) || isOthersLease(world, call.params.id);
    throw isOthers ? notAllowed(`leases:${verbs[call.method]}`) : noLease(call.params.id);
  };
  const body = (call: Call) => parseJson(call.text || '{}', brokenJson);
  const show = (lease: LeaseRecord, status?: string) => ({ lease: showLease(plugins, lease, status) });
  return [
    route('GET', '/leases', (call) => ({ status: 200, body: { leases: own(call).map((lease) => showLease(plugins, lease)) } })),
    route('POST', '/leases', (call) => {
      const who = session(call);
      const given = asObject(body(call));
      checkTrust(world, who);
      return { status: 201, body: show(leases.create(who, parseLease(given, world.now()))) };
    }),
    route('GET', '/leases/:id', (call) => ({ status: 200, body: show(mine(call)) })),
    route('PUT', '/leases/:id', (call) => {
      const lease = mine(call);
      leases.update(lease, asObject(body(call)));
      // the answer is of the middle of the change
      return { status: 200, body: show(lease, 'UPDATING') };
    }),
    route('DELETE', '/leases/:id', (call) => {
      const lease = mine(call);
      leases.remove(lease);
      return isFork() ? { status: 200, body: {} } : { status: 204, body: undefined };
    }),
    route('GET', '/leases/:id/hosts', (call) => {
      if (!isFork()) return blazarUnknown();
      const index = hostIndex(world);
      const hosts = mine(call).reservations.flatMap(({ holds }) => holds.flatMap((id) => index.get(id) ?? []));
      return { status: 200, body: { hosts: hosts.map((host) => showHost(world, host)) } };
    }),
    route('GET', '/leases/:id/networks', (call) => {
      if (!isFork()) return blazarUnknown();
      const held = new Set(mine(call).reservations.flatMap(({ holds }) => holds));
      const segments = (world.definition.blazar?.segments ?? []).filter(({ id }) => held.has(id));
      return { status: 200, body: { networks: segments.map(({ id, properties }) => ({ id, ...properties })) } };
    }),
    ...resourceRoutes(world, session, plugins, mine),
  ];
}

/** @throws Refusal 406 for any microversion but 1.0 */
export function checkVersion(call: Call): void {
  const header = call.headers['openstack-api-version'];
  const wanted = /^reservation\s+(\S+)$/.exec(String(header ?? ''))?.[1];
  if (!wanted || wanted === '1.0' || wanted === 'latest') return;
  if (!/^\d+\.\d+$/.test(wanted))
    throw new Refusal(frameworkError(400, `API Version String ${wanted} is of invalid format. Must be of format MajorNum.MinorNum.`));
  throw new Refusal(frameworkError(406, `Version ${wanted} is not supported by the API. Minimum is 1.0 and maximum is 1.0.`));
}

function isOthersLease(world: World, id: string | undefined): boolean {
  const calendar = new Calendar(world);
  return [...hostIndex(world).keys()].some((host) => calendar.others(host).some(({ leaseId }) => leaseId === id));
}
