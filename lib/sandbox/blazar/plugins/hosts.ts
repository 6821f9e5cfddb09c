import type { HostDefinition } from '../../cloud/definition';
import type { HostsAsked } from '../../state/leases';
import { Calendar } from '../calendar';
import { blazarError, internal, malformed, missing, notEnoughHosts } from '../errors';
import { fitting, hostColumns } from '../requirements';
import { endServers, type Ground, type Plugin, reachesBeyond } from './plugin';

const DEFAULT_TYPE = '["=","$node_type","compute_skylake"]';

/** Whole hosts. */
export function hostPlugin(ground: Ground): Plugin<HostsAsked> {
  const { world } = ground;
  const isFork = () => world.state.settings.blazar === 'chameleon';
  const matching = (asked: Pick<HostsAsked, 'hypervisorProperties' | 'resourceProperties'>, all = false): string[] => {
    const hosts = world.definition.blazar?.hosts ?? [];
    const found = fitting(hosts, hostColumns, asked.hypervisorProperties, asked.resourceProperties);
    return found.filter(({ id }: HostDefinition) => all || !world.state.downHosts.includes(id)).map(({ id }) => id);
  };
  return {
    read(given) {
      const { min, max } = counts(given.min, given.max, isFork());
      if (!('hypervisor_properties' in given)) throw missing('hypervisor_properties');
      if (!('resource_properties' in given)) throw missing('resource_properties');
      const beforeEnd = given.before_end ?? 'default';
      const options = ['', 'snapshot', 'default', ...(isFork() ? ['email'] : [])];
      if (!options.includes(String(beforeEnd))) throw malformed('before_end');
      const texts = [given.hypervisor_properties, given.resource_properties].map((value) => {
        if (typeof value === 'string' || value === null) return value;
        // a list is a requirement too, until it is to be kept
        if (matching({ hypervisorProperties: null, resourceProperties: JSON.stringify(value) }).length < min) throw notEnoughHosts();
        throw internal();
      });
      return {
        kind: 'physical:host',
        min,
        max,
        hypervisorProperties: texts[0] ?? null,
        resourceProperties: texts[1] ?? null,
        beforeEnd: String(beforeEnd),
      };
    },
    allocate(asked, span) {
      const calendar = new Calendar(world);
      const plain = isFork() && !asked.hypervisorProperties && !asked.resourceProperties;
      // Chameleon gives the usual kind to who asks for none, and any where none of it is free
      const usual = plain ? calendar.pick(matching({ ...asked, resourceProperties: DEFAULT_TYPE }), span, asked) : null;
      const picked = usual ?? calendar.pick(matching(asked), span, asked);
      if (!picked) throw notEnoughHosts();
      return picked;
    },
    change(lease, { asked, holds, status }, given, span) {
      const wishes = ['min', 'max', 'hypervisor_properties', 'resource_properties'].some((key) => key in given);
      if (!wishes && !reachesBeyond(span, lease)) return { asked, holds };
      const wanted: HostsAsked = {
        ...asked,
        ...counts(given.min ?? asked.min, given.max ?? asked.max, isFork()),
        hypervisorProperties: textOr(given.hypervisor_properties, asked.hypervisorProperties),
        resourceProperties: textOr(given.resource_properties, asked.resourceProperties),
      };
      const calendar = new Calendar(world);
      const fit = new Set(matching(wanted, true));
      const stays = holds.filter((id) => fit.has(id) && (!reachesBeyond(span, lease) || calendar.isFree(id, span, lease)));
      const kept = stays.slice(Math.max(0, stays.length - wanted.max));
      if (kept.length < holds.length && status === 'active') throw notEnoughHosts();
      if (kept.length >= wanted.max) return { asked: wanted, holds: kept };
      const [min, max] = [Math.max(0, wanted.min - kept.length), wanted.max - kept.length];
      const others = matching(wanted).filter((id) => !holds.includes(id));
      const more = calendar.pick(others, span, { min, max });
      if (!more) throw notEnoughHosts();
      return { asked: wanted, holds: [...kept, ...more] };
    },
    start: () => undefined,
    end: (_lease, reservation, atOnce) => endServers(ground, reservation.id, atOnce),
    show: (asked) => ({
      hypervisor_properties: asked.hypervisorProperties,
      resource_properties: asked.resourceProperties,
      before_end: asked.beforeEnd,
      min: asked.min,
      max: asked.max,
    }),
  };
}

/** @throws Refusal: numbers as text are a 500 upstream, and fine at Chameleon */
function counts(min: unknown, max: unknown, textIsFine: boolean): { min: number; max: number } {
  for (const [name, value] of [['min', min] as const, ['max', max] as const]) {
    if (value === undefined || value === null) throw missing(name);
    if (typeof value === 'boolean' || !/^-?\d+$/.test(String(value))) throw malformed(name);
    if (typeof value !== 'number' && !textIsFine) throw internal();
  }
  const [least, most] = [Number(min), Number(max)];
  if (least < 1 || most < 1) throw malformed('min and max (must be greater than or equal to 1)');
  if (most < least) throw blazarError(400, 'Invalid values for min/max of hosts. Max must be equal to or larger than min.');
  return { min: least, max: most };
}

function textOr(value: unknown, before: string | null): string | null {
  return typeof value === 'string' ? value : before;
}
