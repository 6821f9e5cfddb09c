import { randomUUID } from 'node:crypto';
import type { FloatingIpsAsked } from '../../state/leases';
import { Calendar, type Span } from '../calendar';
import { Breaking, blazarError, malformed } from '../errors';
import { type Ground, type Plugin, reachesBeyond, require } from './plugin';

const notEnough = () => blazarError(400, 'Not enough floating IPs available');
const cannot = (why: string) =>
  new Breaking(blazarError(400, `Floating IP reservation cannot be updated with requested parameters. ${why}`));
const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

/** Floating IPs, from addresses that Neutron gives to nobody by itself. */
export function floatingIpPlugin({ world }: Ground): Plugin<FloatingIpsAsked> {
  const all = () => world.definition.blazar?.floatingIps ?? [];
  const allocate = (
    asked: Pick<FloatingIpsAsked, 'networkId' | 'amount' | 'required'>,
    span: Span,
    without: readonly string[] = [],
  ): string[] => {
    const calendar = new Calendar(world);
    const there = all().filter(({ id, networkId }) => networkId === asked.networkId && !without.includes(id));
    const never = there.filter(({ id }) => calendar.of(id).length === 0);
    const free = there.filter((ip) => !never.includes(ip) && calendar.isFree(ip.id, span));
    const named = [...never, ...free].filter(({ address }) => asked.required.includes(address));
    if (named.length !== asked.required.length) throw notEnough();
    const inOrder = [...new Set([...named, ...never, ...free])].map(({ id }) => id);
    if (inOrder.length < asked.amount) throw notEnough();
    return inOrder.slice(0, asked.amount);
  };
  const dropped = (ids: readonly string[]) => {
    const addresses = all()
      .filter(({ id }) => ids.includes(id))
      .map(({ address }) => address);
    world.state.floatingIps = world.state.floatingIps.filter((ip) => !(addresses.includes(ip.address) && ip.tags.includes('blazar')));
    world.changed();
  };
  const made = (projectId: string, reservationId: string, ids: readonly string[]) => {
    const now = world.now();
    for (const { address, networkId } of all().filter(({ id }) => ids.includes(id))) {
      world.state.floatingIps.push({
        id: randomUUID(),
        description: '',
        projectId,
        tags: ['blazar', `reservation:${reservationId}`],
        createdAt: now,
        updatedAt: now,
        revision: 0,
        networkId,
        address,
        portId: null,
        fixedAddress: null,
        routerId: null,
        status: 'DOWN',
      });
    }
    world.changed();
  };
  return {
    read(given) {
      require(given, 'network_id', 'amount');
      if (!/^\d+$/.test(String(given.amount))) throw malformed('amount');
      const required: unknown[] = Array.isArray(given.required_floatingips) ? given.required_floatingips : [];
      for (const ip of required) if (!IPV4.test(String(ip))) throw blazarError(400, `IP address ${String(ip)} is invalid form.`);
      const amount = Number(given.amount);
      if (required.length > amount) {
        const words = 'The amount must be equal to or longer than length of required_floatingips.';
        throw blazarError(400, `Invalid values for required_floatingips and amount. ${words}`);
      }
      return { kind: 'virtual:floatingip', networkId: String(given.network_id), amount, required: required.map(String) };
    },
    allocate: (asked, span) => allocate(asked, span),
    change(lease, { id, asked, holds, status }, given, span) {
      if ('network_id' in given && given.network_id !== asked.networkId) throw cannot('Updating network_id is not supported');
      const amount = 'amount' in given ? Number(given.amount) : asked.amount;
      const calendar = new Calendar(world);
      const stays = reachesBeyond(span, lease) ? holds.filter((one) => calendar.isFree(one, span, lease)) : holds;
      const kept = stays.slice(Math.max(0, stays.length - amount));
      // Chameleon's lets go of addresses, which is how one extends what they hold up
      if (kept.length < holds.length && status === 'active' && world.state.settings.blazar !== 'chameleon') {
        throw cannot('Cannot remove allocations from an active reservation');
      }
      const more = allocate({ ...asked, required: [], amount: amount - kept.length }, span, holds);
      if (status === 'active') {
        dropped(holds.filter((one) => !kept.includes(one)));
        made(lease.projectId, id, more);
      }
      return { asked: { ...asked, amount }, holds: [...kept, ...more] };
    },
    start: (lease, { id, holds }) => made(lease.projectId, id, holds),
    end: (_lease, { holds }) => dropped(holds),
    show: (asked) => ({ network_id: asked.networkId, amount: asked.amount, required_floatingips: asked.required }),
  };
}
