import { common, dropPort } from '../../neutron/net';
import type { NetworkAsked } from '../../state/leases';
import { Calendar, type Span } from '../calendar';
import { blazarError, missing } from '../errors';
import { fitting } from '../requirements';
import { type Ground, type Plugin, reachesBeyond } from './plugin';

const notEnough = () => blazarError(500, 'Not enough networks available');
const UNSTITCHED = '["=","$stitch_provider","none"]';

/** Networks on VLANs of their own, as Chameleon's fork has them. */
export function networkPlugin({ world }: Ground): Plugin<NetworkAsked> {
  const allocate = (asked: NetworkAsked, span: Span): string[] => {
    const segments = world.definition.blazar?.segments ?? [];
    const wanted = asked.networkProperties || asked.resourceProperties ? [asked.networkProperties, asked.resourceProperties] : [UNSTITCHED];
    const ids = fitting(segments, ({ properties }) => properties, ...wanted).map(({ id }) => id);
    const picked = new Calendar(world).pick(ids, span, { min: 1, max: 1 });
    if (!picked) throw notEnough();
    return picked;
  };
  return {
    read(given) {
      for (const name of ['network_name', 'network_properties', 'resource_properties']) if (!(name in given)) throw missing(name);
      return {
        kind: 'network',
        name: String(given.network_name),
        description: String(given.network_description ?? ''),
        networkProperties: String(given.network_properties ?? ''),
        resourceProperties: String(given.resource_properties ?? ''),
      };
    },
    allocate,
    change(lease, { asked, holds, status }, _given, span) {
      const calendar = new Calendar(world);
      if (!reachesBeyond(span, lease) || holds.every((id) => calendar.isFree(id, span, lease))) return { asked, holds };
      if (status === 'active') throw notEnough();
      return { asked, holds: allocate(asked, span) };
    },
    start(lease, { id, asked }) {
      world.state.networks.push({
        ...common(world, lease.projectId, asked.name, asked.description),
        tags: ['blazar', `reservation:${id}`],
        adminStateUp: true,
        shared: false,
        external: false,
        portSecurity: true,
        mtu: 1500,
      });
      world.changed();
    },
    end(_lease, { id }) {
      const { state } = world;
      for (const network of state.networks.filter(({ tags }) => tags.includes(`reservation:${id}`))) {
        for (const port of state.ports.filter(({ networkId }) => networkId === network.id)) dropPort(world, port.id);
        state.subnets = state.subnets.filter(({ networkId }) => networkId !== network.id);
        state.networks = state.networks.filter((one) => one !== network);
      }
      world.changed();
    },
    show: (asked) => ({
      network_name: asked.name,
      network_description: asked.description,
      network_properties: asked.networkProperties,
      resource_properties: asked.resourceProperties,
    }),
  };
}
