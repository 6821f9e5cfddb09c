import type { FlavorDefinition, HostDefinition } from '../../cloud/definition';
import type { InstancesAsked, LeaseRecord, ReservationRecord } from '../../state/leases';
import type { Span } from '../calendar';
import { Breaking, blazarError, internal, malformed, notEnoughHosts } from '../errors';
import { fitting, hostColumns } from '../requirements';
import { placesFor } from './capacity';
import { amountOf, endServers, type Ground, type Plugin, reachesBeyond, require } from './plugin';

type Planned = { asked: InstancesAsked; holds: string[] };

/** Machines: of a flavor of the cloud's, or of a size of one's own. Both give the project a flavor of its own while they run. */
export function instancePlugins(ground: Ground): Record<'flavor:instance' | 'virtual:instance', Plugin<InstancesAsked>> {
  const { world } = ground;
  const hostsFor = (asked: InstancesAsked): HostDefinition[] => {
    const hosts = world.definition.blazar?.hosts ?? [];
    return asked.kind === 'flavor:instance' ? hosts : fitting(hosts, hostColumns, asked.resourceProperties);
  };
  const allocate = (asked: InstancesAsked, span: Span, except?: LeaseRecord): string[] => {
    const places = placesFor(world, hostsFor(asked), asked, span, except);
    if (asked.affinity === null) return firstOf(places, asked.amount);
    if (!asked.affinity) return firstOf([...new Set(places)], asked.amount);
    const host = places.find((id) => places.filter((one) => one === id).length >= asked.amount);
    return firstOf(host ? places.filter((id) => id === host) : [], asked.amount);
  };
  const change = (lease: LeaseRecord, reservation: ReservationRecord<InstancesAsked>, asked: InstancesAsked, span: Span): Planned => {
    const { holds, status } = reservation;
    const places = allocate({ ...asked, amount: 1 }, span, lease) && placesFor(world, hostsFor(asked), asked, span, lease);
    const kept = holds.filter((id) => take(places, id));
    if (status === 'active' && (kept.length < holds.length || asked.amount < kept.length)) {
      throw blazarError(
        409,
        "Instance reservation doesn't allow to reduce/replace reserved instance slots when the reservation is in active status.",
      );
    }
    return { asked, holds: firstOf([...kept, ...places], asked.amount) };
  };
  const common = {
    allocate: (asked: InstancesAsked, span: Span) => allocate(asked, span),
    start: () => undefined,
    end: (_lease: LeaseRecord, reservation: ReservationRecord<InstancesAsked>, atOnce: boolean) =>
      endServers(ground, reservation.id, atOnce),
    show: (asked: InstancesAsked, { id }: ReservationRecord<InstancesAsked>) => ({
      vcpus: asked.vcpus,
      memory_mb: asked.memoryMiB,
      disk_gb: asked.diskGiB,
      amount: asked.amount,
      affinity: asked.affinity,
      resource_properties: asked.resourceProperties,
      flavor_id: id,
      aggregate_id: 1,
      server_group_id: null,
    }),
  };
  return {
    'flavor:instance': {
      ...common,
      read(given, projectId) {
        require(given, 'amount', 'flavor_id', 'affinity');
        const amount = amountOf(given.amount);
        const flavor = world.definition.flavors.find(({ id }) => id === given.flavor_id);
        if (!flavor) {
          const name = String(given.flavor_id);
          throw blazarError(404, `Flavor ${name} could not be found. (HTTP 404) (Request-ID: req-${projectId})`);
        }
        // what is neither yes nor no is none: the command line sends the word None
        if (yesOrNo(given.affinity) !== null) throw blazarError(409, 'Affinity not supported yet');
        return ofFlavor(flavor, amount);
      },
      change(lease, reservation, given, span) {
        // upstream's only renames; Chameleon extends the leases of its virtual machines
        const extensionOnly = world.state.settings.blazar === 'chameleon' && Object.keys(given).every((key) => key === 'id');
        if (!extensionOnly) throw new Breaking(notYet());
        return reachesBeyond(span, lease) ? change(lease, reservation, reservation.asked, span) : reservation;
      },
    },
    'virtual:instance': {
      ...common,
      read(given) {
        const sizes = [given.vcpus, given.memory_mb, given.disk_gb].map(Number);
        const [vcpus = 0, memoryMiB = 0, diskGiB = 0] = sizes;
        if (sizes.some((size) => !Number.isInteger(size)) || !('resource_properties' in given) || !('affinity' in given)) throw internal();
        return {
          kind: 'virtual:instance',
          amount: amountOf(given.amount),
          vcpus,
          memoryMiB,
          diskGiB,
          affinity: affinityOf(given.affinity),
          resourceProperties: String(given.resource_properties ?? ''),
          extraSpecs: {},
        };
      },
      change(lease, reservation, given, span) {
        const wishes = Object.keys(given).filter((key) => key !== 'id');
        if (wishes.length === 0 && !reachesBeyond(span, lease)) return reservation;
        if (reservation.status === 'active' && wishes.some((key) => key !== 'amount')) {
          throw new Breaking(blazarError(409, 'An active reservation only accepts to update amount.'));
        }
        const { asked } = reservation;
        const number = (key: string, before: number) => (key in given ? Number(given[key]) : before);
        const wanted: InstancesAsked = {
          ...asked,
          amount: 'amount' in given ? amountOf(given.amount) : asked.amount,
          vcpus: number('vcpus', asked.vcpus),
          memoryMiB: number('memory_mb', asked.memoryMiB),
          diskGiB: number('disk_gb', asked.diskGiB),
        };
        return change(lease, reservation, wanted, span);
      },
    },
  };
}

export const notYet = () => blazarError(409, "Updating leases for 'flavor:instance' type reservations is not yet supported.");

function ofFlavor(flavor: FlavorDefinition, amount: number): InstancesAsked {
  return {
    kind: 'flavor:instance',
    amount,
    vcpus: flavor.vcpus,
    memoryMiB: flavor.ramMiB,
    diskGiB: flavor.diskGiB,
    affinity: null,
    resourceProperties: JSON.stringify({
      id: flavor.id,
      name: flavor.name,
      ram: flavor.ramMiB,
      disk: flavor.diskGiB,
      swap: '',
      'OS-FLV-EXT-DATA:ephemeral': 0,
      'OS-FLV-DISABLED:disabled': false,
      vcpus: flavor.vcpus,
      'os-flavor-access:is_public': true,
      rxtx_factor: 1,
      extra_specs: flavor.extraSpecs,
    }),
    extraSpecs: flavor.extraSpecs,
  };
}

function affinityOf(value: unknown): boolean | null {
  if (value === null || value === 'None' || value === '') return null;
  const known = yesOrNo(value);
  if (known === null) throw malformed('affinity (must be a bool value or None)');
  return known;
}

/** As Python's services read a flag; null for what is neither. */
function yesOrNo(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (/^(true|yes|on|1|t|y)$/i.test(String(value))) return true;
  return /^(false|no|off|0|f|n)$/i.test(String(value)) ? false : null;
}

function firstOf(places: readonly string[], amount: number): string[] {
  if (places.length < amount) throw notEnoughHosts();
  return places.slice(0, amount);
}

/** Takes one place out of a list. @returns whether there was one */
function take(places: string[], id: string): boolean {
  const at = places.indexOf(id);
  if (at >= 0) places.splice(at, 1);
  return at >= 0;
}
