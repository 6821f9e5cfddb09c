import { bootsFromVolume, otherFlavors } from './choose';
import { addResource, type Draft, type DraftGroup, type DraftNode } from './draft';
import { leaseUnder } from './leases';
import { keyPairOf } from './machines';
import { wayOut, withAcross } from './network/across';
import { softwareOf, stepsOf } from './steps';
import type { PlannedNode, StepPlan } from './types';
import { references } from './values';
import { cpuWords, memoryWords } from './words';

/** Adds the servers, when all ports and addresses are known, and gives the nodes that they become. */
export function makeServers(draft: Draft): PlannedNode[] {
  const byKey = new Map(draft.groups.flatMap((group) => group.nodes).map((node) => [node.key, node]));
  return draft.groups.flatMap((group) => {
    const keyPair = keyPairOf(draft, group);
    return group.nodes.map((node) => makeServer(draft, node, keyPair, byKey));
  });
}

function makeServer(draft: Draft, node: DraftNode, keyPair: string, byKey: Map<string, DraftNode>): PlannedNode {
  const { group } = node;
  const { place, flavor, image, template, wiring, placement } = group;
  const server = `server-${node.key}`;
  const steps = withAcross(draft, node, stepsOf(draft, node));
  const lease = leaseUnder(draft, group);
  addResource(
    draft,
    place,
    server,
    {
      kind: 'server',
      node: node.key,
      flavorId: flavor.id,
      imageId: image.id,
      ports: [node.port],
      volumes: node.volumes.map(({ key }) => key),
      keyPair,
      ...(node.volumes.length > 0 && zonesOf(group).length > 0 && { zones: zonesOf(group) }),
      ...lease.spec,
      ...bootOf(group),
      ...(placement.configDrive !== undefined && { configDrive: placement.configDrive }),
      alternatives: alternatives(group),
    },
    {
      dependsOn: [
        keyPair,
        ...lease.dependsOn,
        node.port,
        ...node.volumes.map(({ key }) => key),
        ...(wiring.router ? [wiring.router] : []),
        ...addressesBefore(node, steps, byKey),
      ],
      group: template.name,
      summary: `${node.hostname}: ${flavor.name} (${cpuWords(flavor.vcpus)}, ${memoryWords(flavor.ramMiB)}, ${diskOf(group)} GiB disk), ${image.name}`,
    },
  );
  const via = node.group.public
    ? undefined
    : draft.groups.filter((other) => other.place === place && other.public).flatMap((other) => other.nodes)[0];
  return {
    key: node.key,
    hostname: node.hostname,
    group: template.name,
    index: node.index,
    site: place.site.id,
    server,
    port: node.port,
    ...(node.floatingIp && { floatingIp: node.floatingIp }),
    ...(draft.places.length > 1 && { outgoing: wayOut(node) }),
    loginUser: image.loginUser,
    ...(via && { via: via.key }),
    bareMetal: group.bareMetal,
    mounts: node.volumes.map(({ key, path }) => ({ volume: key, path })),
    firewall: node.firewall,
    steps,
  };
}

/** GiB of a machine's disk: its flavor's, or of the volume that it boots from. */
export function diskOf({ flavor, image, needs }: Pick<DraftGroup, 'flavor' | 'image' | 'needs'>): number {
  if (!bootsFromVolume(flavor)) return flavor.diskGiB;
  return Math.max(needs.diskGiB, image.minDiskGiB, Math.ceil((image.sizeMiB ?? 0) / 1024), leastBootGiB);
}
/** Room for a distribution and what is installed on it. */
const leastBootGiB = 20;

function bootOf(group: DraftGroup): { bootVolumeGiB?: number; volumeType?: string } {
  if (!bootsFromVolume(group.flavor)) return {};
  const { volumeType } = group.placement;
  return { bootVolumeGiB: diskOf(group), ...(volumeType !== undefined && { volumeType }) };
}

// User data carries addresses, so whatever gives one out comes before the server: its own, those that its steps name,
// and, for the names of its peers, the ports of all nodes where addresses are not ours to choose.
function addressesBefore(node: DraftNode, steps: StepPlan[], byKey: Map<string, DraftNode>): string[] {
  const named = steps.flatMap((step) => Object.values(step.env).flatMap((value) => [...references(value)]));
  const keys = named.flatMap((reference) => {
    const other = 'address' in reference ? byKey.get(reference.node) : undefined;
    // a step that names another site's address waits for it: its machine need not, and stands though that site fails
    if (!other || !('address' in reference) || other.group.place !== node.group.place) return [];
    return reference.address === 'public' && other.floatingIp ? [other.floatingIp] : [other.port];
  });
  const peers = [...byKey.values()]
    .filter((other) => other.fixedIp === undefined && other.group.place === node.group.place)
    .map(({ port }) => port);
  return [...(node.floatingIp ? [node.floatingIp] : []), ...keys, ...peers];
}

/** The zones among which machines of a group can be placed; none where there is no choice. */
function zonesOf({ place, bareMetal, leased }: DraftGroup): string[] {
  return bareMetal || leased || place.facts.availabilityZones.length < 2 ? [] : place.facts.availabilityZones;
}

function alternatives(group: DraftGroup): { flavorId?: string; availabilityZone?: string }[] {
  const { placement, place, flavor, needs, bareMetal, leased } = group;
  if (bareMetal || leased) return [];
  // a flavor that a person chose is kept
  const flavors = placement.flavor === undefined ? otherFlavors(flavor, needs, place.facts.flavors) : [];
  return [...zonesOf(group).map((availabilityZone) => ({ availabilityZone })), ...flavors.map(({ id }) => ({ flavorId: id }))];
}

/** Seconds until a group's nodes are ready: their start and their steps, which all nodes do at the same time. */
export function secondsOf(draft: Draft, group: DraftGroup): number {
  const start = group.bareMetal ? 1200 : 60;
  return start + softwareOf(draft, group.template.name).reduce((sum, software) => sum + software.seconds, 0);
}
