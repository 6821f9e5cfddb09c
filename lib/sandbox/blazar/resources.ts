import type { HostDefinition } from '../cloud/definition';
import { micro } from '../cloud/times';
import type { World } from '../cloud/world';
import { parseJson } from '../http/body';
import type { Answer, Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import type { LeaseRecord } from '../state/leases';
import { Calendar } from './calendar';
import { blazarError, blazarUnknown, brokenJson, noHost, notAllowed, notEnoughHosts } from './errors';
import { isOfHosts, replacement } from './health';
import { asObject } from './lease-input';
import type { Plugins } from './plugins';
import { showHost } from './show';

/** What can be reserved, and when it is taken. */
export function resourceRoutes(
  world: World,
  session: (call: Call) => ProjectSession,
  plugins: Plugins,
  mine: (call: Call) => LeaseRecord,
): Route[] {
  const { hosts = [], floatingIps = [], segments = [] } = world.definition.blazar ?? {};
  const isFork = () => world.state.settings.blazar === 'chameleon';
  const all =
    <T>(give: (call: Call) => T) =>
    (call: Call): Answer => {
      session(call);
      return { status: 200, body: give(call) };
    };
  const hostOf = (call: Call): HostDefinition => {
    session(call);
    const host = hosts.find((one) => one.id === call.params.id);
    if (!host) throw noHost(call.params.id);
    return host;
  };
  const segmentOf = (call: Call) => {
    session(call);
    const segment = segments.find(({ id }) => id === call.params.id);
    if (!segment) throw blazarError(404, `Object with {'network_id': '${call.params.id}'} not found`);
    return segment;
  };
  const allocations = (ids: readonly string[], { query }: Call) => {
    const calendar = new Calendar(world);
    const [lease, reservation] = [query.get('lease_id'), query.get('reservation_id')];
    return ids.map((id) => ({
      resource_id: id,
      reservations: calendar
        .of(id)
        .filter((taken) => lease !== null || reservation !== null || taken.end >= world.now())
        .filter((taken) => lease === null || taken.leaseId === lease)
        .filter((taken) => reservation === null || taken.reservationId === reservation)
        .map((taken) => ({
          id: taken.reservationId,
          lease_id: taken.leaseId,
          start_date: micro(taken.start),
          end_date: micro(taken.end),
          ...(isFork() ? { extras: { user_name: 'somebody' } } : {}),
        })),
    }));
  };
  const propertiesOf = (things: readonly { properties: Record<string, string> }[], { query }: Call) => {
    const names = [...new Set(things.flatMap(({ properties }) => Object.keys(properties)))];
    const detailed = query.get('detail')?.toLowerCase() === 'true';
    const values = (name: string) => [...new Set(things.flatMap(({ properties }) => properties[name] ?? []))];
    return names.map((property) => (detailed ? { property, private: false, values: values(property) } : { property }));
  };
  const forkOnly = (handler: (call: Call) => Answer) => (call: Call) => (isFork() ? handler(call) : blazarUnknown());
  return [
    route(
      'GET',
      '/os-hosts',
      all(() => ({ hosts: hosts.map((host) => showHost(world, host)) })),
    ),
    route('POST', '/os-hosts', (call) => {
      session(call);
      throw notAllowed('oshosts:post');
    }),
    route(
      'GET',
      '/os-hosts/allocations',
      all((call) => ({
        allocations: allocations(
          hosts.map(({ id }) => id),
          call,
        ),
      })),
    ),
    route(
      'GET',
      '/os-hosts/properties',
      all((call) => ({ resource_properties: propertiesOf(hosts, call) })),
    ),
    route('GET', '/os-hosts/:id', (call) => ({ status: 200, body: { host: showHost(world, hostOf(call)) } })),
    route('GET', '/os-hosts/:id/allocation', (call) => ({ status: 200, body: { allocation: allocations([hostOf(call).id], call)[0] } })),
    route(
      'PUT',
      '/os-hosts/:id/allocation',
      forkOnly((call) => {
        const host = hostOf(call);
        const wanted = asObject(parseJson(call.text || '{}', brokenJson));
        const lease = mine({ ...call, params: { id: String(wanted.lease_id) } });
        const reservation = lease.reservations.find(({ holds }) => holds.includes(host.id));
        if (!reservation || !isOfHosts(reservation)) throw noHost(host.id);
        const servers = world.state.servers.filter(({ hostName }) => hostName === host.name).map(({ id }) => id);
        if (servers.length > 0) throw blazarError(409, `Servers [${servers.join(', ')}] found for host ${host.name}`);
        const other = replacement(world, plugins, reservation, lease);
        if (!other) throw notEnoughHosts();
        reservation.holds = [...reservation.holds.filter((id) => id !== host.id), other];
        world.changed();
        return { status: 200, body: { allocation: allocations([other], call)[0] } };
      }),
    ),
    route(
      'GET',
      '/floatingips',
      all(() => ({ floatingips: floatingIps.map(showAddress) })),
    ),
    route('POST', '/floatingips', (call) => {
      session(call);
      throw notAllowed('floatingips:post');
    }),
    route('GET', '/floatingips/:id', (call) => {
      session(call);
      const found = floatingIps.find(({ id }) => id === call.params.id);
      if (!found) throw blazarError(404, `Floating IP ${call.params.id} not found.`);
      return { status: 200, body: { floatingip: showAddress(found) } };
    }),
    route('GET', '/networks', forkOnly(all(() => ({ networks: segments.map(({ id, properties }) => ({ id, ...properties })) })))),
    route(
      'GET',
      '/networks/allocations',
      forkOnly(
        all((call) => ({
          allocations: allocations(
            segments.map(({ id }) => id),
            call,
          ),
        })),
      ),
    ),
    route('GET', '/networks/properties', forkOnly(all((call) => ({ resource_properties: propertiesOf(segments, call) })))),
    route(
      'GET',
      '/networks/:id',
      forkOnly((call) => ({ status: 200, body: { network: { id: segmentOf(call).id, ...segmentOf(call).properties } } })),
    ),
    route(
      'GET',
      '/networks/:id/allocation',
      forkOnly((call) => ({ status: 200, body: { allocation: allocations([segmentOf(call).id], call)[0] } })),
    ),
    route('GET', '/plugins', (call) => {
      session(call);
      throw blazarError(500, 'Internal Server Error', 'INTERNAL_SERVER_ERROR');
    }),
  ];
}

const showAddress = ({ id, networkId, subnetId, address }: { id: string; networkId: string; subnetId: string; address: string }) => ({
  created_at: '2026-01-12 09:30:00',
  updated_at: null,
  id,
  floating_network_id: networkId,
  subnet_id: subnetId,
  floating_ip_address: address,
  reservable: true,
});
