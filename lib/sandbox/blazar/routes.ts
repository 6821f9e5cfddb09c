import type { HostDefinition } from '../cloud/definition';
import { micro } from '../cloud/times';
import type { World } from '../cloud/world';
import { parseJson } from '../http/body';
import { type Answer, type Call, Refusal } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import type { ServerLife } from '../nova/life';
import type { LeaseRecord } from '../state/records';
import { blazarError, brokenJson, frameworkError, noLease } from './errors';
import { parseLease } from './input';
import { Leases } from './leases';
import { showHost, showLease } from './show';

type Sessions = (call: Call) => ProjectSession;

export function blazarTokenRefused(identityUrl: string): Refusal {
  return new Refusal({
    status: 401,
    headers: { 'WWW-Authenticate': `Keystone uri="${identityUrl}"` },
    body: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  });
}

export const blazarUnknown = (): Answer =>
  frameworkError(
    404,
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  );

/** Blazar's versions, for which it wants a token too. Paths are those below `/reservation`. */
export function blazarVersionRoutes(world: World, session: Sessions): Route[] {
  const versions = (call: Call): Answer => {
    session(call);
    const links = [{ href: `${world.url}/reservation/v1`, rel: 'self' }];
    return { status: 300, body: { versions: [{ id: 'v1.0', status: 'CURRENT', links, min_version: '1.0', max_version: '1.0' }] } };
  };
  return [route('GET', '/', versions), route('GET', '/versions', versions)];
}

/** Blazar v1 as Chameleon opens it: hosts and allocations for all. Paths are those below `/reservation/v1`. */
export function blazarRoutes(world: World, session: Sessions, life: ServerLife): Route[] {
  const leases = new Leases(world, life);
  const hosts = world.definition.hosts ?? [];
  const own = (call: Call): LeaseRecord[] => world.state.leases.filter((lease) => lease.projectId === session(call).projectId);
  const mine = (call: Call): LeaseRecord => {
    const lease = own(call).find((one) => one.id === call.params.id);
    if (!lease) throw noLease(call.params.id);
    return lease;
  };
  const hostOf = (call: Call): HostDefinition => {
    session(call);
    const host = hosts.find((one) => one.id === call.params.id);
    if (!host) throw blazarError(404, `Object with {'host_id': '${call.params.id}'} not found`);
    return host;
  };
  const body = (call: Call) => parseJson(call.text || '{}', brokenJson);
  const allocation = (host: HostDefinition, wanted: URLSearchParams) => ({
    resource_id: host.id,
    reservations: world.state.leases
      .filter((lease) => lease.status !== 'TERMINATED' && lease.status !== 'ERROR' && lease.end > world.now())
      .flatMap((lease) => lease.reservations.map((reservation) => ({ lease, reservation })))
      .filter(({ reservation }) => reservation.hosts.includes(host.id))
      .filter(({ lease }) => !wanted.get('lease_id') || lease.id === wanted.get('lease_id'))
      .filter(({ reservation }) => !wanted.get('reservation_id') || reservation.id === wanted.get('reservation_id'))
      .map(({ lease, reservation }) => ({
        id: reservation.id,
        lease_id: lease.id,
        start_date: micro(lease.start),
        end_date: micro(lease.end),
      })),
  });
  return [
    route('GET', '/leases', (call) => ({ status: 200, body: { leases: own(call).map((lease) => showLease(lease)) } })),
    route('POST', '/leases', (call) => {
      const who = session(call);
      return { status: 201, body: { lease: showLease(leases.create(who, parseLease(body(call), world.now()))) } };
    }),
    route('GET', '/leases/:id', (call) => ({ status: 200, body: { lease: showLease(mine(call)) } })),
    route('PUT', '/leases/:id', (call) => {
      const lease = mine(call);
      leases.update(lease, body(call));
      return { status: 200, body: { lease: showLease(lease, 'UPDATING') } };
    }),
    route('DELETE', '/leases/:id', (call) => {
      leases.remove(mine(call));
      // upstream answers 204 without a body, Chameleon's fork this
      return { status: 200, body: {} };
    }),
    route('GET', '/leases/:id/hosts', (call) => {
      const ids = mine(call).reservations.flatMap((reservation) => reservation.hosts);
      return { status: 200, body: { hosts: hosts.filter((host) => ids.includes(host.id)).map((host) => showHost(world, host)) } };
    }),
    route('GET', '/os-hosts', (call) => {
      session(call);
      return { status: 200, body: { hosts: hosts.map((host) => showHost(world, host)) } };
    }),
    route('GET', '/os-hosts/allocations', (call) => {
      session(call);
      return { status: 200, body: { allocations: hosts.map((host) => allocation(host, call.query)) } };
    }),
    route('GET', '/os-hosts/properties', (call) => {
      session(call);
      const names = [...new Set(hosts.flatMap((host) => Object.keys(host.properties)))];
      const detailed = call.query.get('detail')?.toLowerCase() === 'true';
      const values = (name: string) => [...new Set(hosts.flatMap((host) => host.properties[name] ?? []))];
      return {
        status: 200,
        body: {
          resource_properties: names.map((property) => (detailed ? { property, private: false, values: values(property) } : { property })),
        },
      };
    }),
    route('GET', '/os-hosts/:id', (call) => ({ status: 200, body: { host: showHost(world, hostOf(call)) } })),
    route('GET', '/os-hosts/:id/allocation', (call) => ({ status: 200, body: { allocation: allocation(hostOf(call), call.query) } })),
    route('GET', '/floatingips', (call) => {
      session(call);
      return { status: 200, body: { floatingips: [] } };
    }),
  ];
}

/** @throws Refusal 406 for any microversion but 1.0 */
export function checkVersion(call: Call): void {
  const header = call.headers['openstack-api-version'];
  const wanted = /^reservation\s+(\S+)$/.exec(String(header ?? ''))?.[1];
  if (!wanted || wanted === '1.0' || wanted === 'latest') return;
  throw new Refusal(frameworkError(406, `Version ${wanted} is not supported by the API. Minimum is 1.0 and maximum is 1.0.`));
}
