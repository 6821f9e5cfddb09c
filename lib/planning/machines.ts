import { holds } from '@/lib/catalog/form/conditions';
import { evaluateNow } from '@/lib/catalog/groups';
import { inUnits, parseSize } from '@/lib/inputs/sizes';
import type { NodeTemplate } from '@/lib/tosca/template';
import type { DecidedGroup } from './decide';
import { addResource, type Draft, type DraftGroup, type DraftNode, siteSuffix, type Wiring } from './draft';
import { isHostname, slug } from './names';
import { formatAddress } from './network/cidr';
import { portsOf } from './network/ports';
import { rulesOf } from './network/rules';
import { problem } from './problems';
import type { PlanProblem } from './types';

/** First host part that nodes get; those below are for the subnet's gateway and services. */
const firstHost = 10;

/** Makes a group's nodes with their ports, addresses and volumes, and its security group. Servers come last (steps say what they wait for). */
export function makeNodes(draft: Draft, decided: DecidedGroup, wiring: Wiring): DraftGroup {
  const { place, template, count } = decided;
  const ports = portsOf(draft, decided);
  const rules = rulesOf(draft, decided, wiring, ports);
  const grouped = place.site.features.securityGroups && wiring.portSecurity;
  const securityGroup = `sg-${slug(template.name)}`;
  const group: DraftGroup = {
    ...decided,
    wiring,
    nodes: [],
    across: ports.filter((port) => port.across),
    ...(grouped && { securityGroup }),
  };
  if (grouped)
    addResource(
      draft,
      place,
      securityGroup,
      { kind: 'securityGroup', rules },
      { group: template.name, summary: `Firewall of ${template.label}: ${rules.length} rules` },
    );
  const disks = disksOf(draft, decided);
  const type = volumeType(draft, decided);
  for (const index of numbersOf(draft, template.name, count)) {
    const key = template.numbered ? `${slug(template.name)}-${index}` : slug(template.name);
    const node: DraftNode = {
      key,
      hostname: hostnameOf(draft, decided, index),
      index,
      group,
      port: `port-${key}`,
      volumes: [],
      // images for hardware of its own come with one that lets only SSH in
      firewall: grouped && !decided.bareMetal ? [] : rules,
    };
    node.fixedIp = fixedIp(draft, node);
    addResource(
      draft,
      place,
      node.port,
      {
        kind: 'port',
        network: wiring.network,
        ...(wiring.subnet && { subnet: wiring.subnet }),
        ...(node.fixedIp && { fixedIp: node.fixedIp }),
        securityGroups: grouped ? [securityGroup] : [],
      },
      {
        dependsOn: [
          ...('key' in wiring.network ? [wiring.network.key] : []),
          ...(wiring.subnet ? [wiring.subnet] : []),
          ...(grouped ? [securityGroup] : []),
        ],
        group: template.name,
        summary: node.fixedIp ? `Address ${node.fixedIp} of ${node.hostname}` : `Port of ${node.hostname}`,
      },
    );
    if (decided.public && !wiring.direct && wiring.externalNetworkId) node.floatingIp = floatingIp(draft, node, wiring.externalNetworkId);
    node.volumes = disks.map(({ sizeGiB, path }, number) => {
      const volume = `volume-${key}-${number + 1}`;
      addResource(
        draft,
        place,
        volume,
        { kind: 'volume', sizeGiB, ...(type !== undefined && { type }) },
        { group: template.name, summary: `Volume of ${sizeGiB} GiB for ${node.hostname}${path ? ` at ${path}` : ''}` },
      );
      return { key: volume, path };
    });
    group.nodes.push(node);
  }
  return group;
}

/** The type of volume that was chosen. One that the site does not have is a problem. */
function volumeType(draft: Draft, { placement, place, template }: DecidedGroup): string | undefined {
  const { volumeType: wanted } = placement;
  const { volumeTypes } = place.facts;
  // a site that does not tell its types may have it
  if (wanted !== undefined && volumeTypes.length > 0 && !volumeTypes.includes(wanted))
    draft.problems.push(
      problem('invalid-input', `${place.site.name} has no volumes of the type "${wanted}".`, {
        field: `placement.${template.name}.volumeType`,
        remedy: 'Choose one of the types offered, or none for the site’s usual one.',
      }),
    );
  return wanted;
}

// Nodes keep their numbers when others leave.
function numbersOf({ input: { request } }: Draft, group: string, count: number): number[] {
  const numbers = request.numbers && Object.hasOwn(request.numbers, group) ? request.numbers[group] : undefined;
  return numbers?.length === count ? numbers : Array.from({ length: count }, (_, index) => index + 1);
}

/** The deployment's key pair at a group's site. */
export function keyPairOf(draft: Draft, group: DraftGroup): string {
  const key = `key-pair${siteSuffix(draft, group.place)}`;
  return addResource(draft, group.place, key, { kind: 'keyPair' }, { summary: 'SSH key with which Transat reaches the nodes' });
}

function floatingIp(draft: Draft, node: DraftNode, externalNetworkId: string): string {
  const { place, template, wiring } = node.group;
  return addResource(
    draft,
    place,
    `fip-${node.key}`,
    {
      kind: 'floatingIp',
      externalNetworkId,
      ...(wiring.router ? { router: wiring.router } : wiring.otherPools && { otherPools: wiring.otherPools }),
      port: node.port,
    },
    {
      dependsOn: [node.port, ...(wiring.router ? [wiring.router] : [])],
      group: template.name,
      summary: `Public address of ${node.hostname}`,
    },
  );
}

// Groups of a fixed size come first; the others take turns, so that none moves when another grows.
function fixedIp(draft: Draft, node: DraftNode): string | undefined {
  const { range } = node.group.wiring;
  if (!range) return undefined;
  const groups = draft.input.recipe.groups;
  const single = groups.filter(({ numbered }) => !numbered);
  const many = groups.filter(({ numbered }) => numbered);
  const { template } = node.group;
  const offset = template.numbered ? single.length + (node.index - 1) * many.length + many.indexOf(template) : single.indexOf(template);
  const host = firstHost + offset;
  if (host >= range.size - 1) {
    draft.problems.push(
      problem('invalid-input', `${node.hostname} finds no address: the network has ${range.size}.`, { remedy: 'Ask for fewer nodes.' }),
    );
    return undefined;
  }
  return formatAddress(range.first + host);
}

function hostnameOf(draft: Draft, { template }: DecidedGroup, index: number): string {
  const given = evaluateNow(template.node.properties.get('hostname'), draft.input.recipe.template, template.node, draft.values);
  const base = typeof given === 'string' && given !== '' ? given : dnsName(draft, template.node, slug(template.name));
  const hostname = base.includes('#N#') ? base.replaceAll('#N#', String(index)) : template.numbered ? `${base}-${index}` : base;
  if (!isHostname(hostname))
    draft.problems.push(
      problem('invalid-input', `"${hostname}" can't be the name of a node.`, {
        remedy: 'Use up to 63 lower-case letters, digits and hyphens.',
      }),
    );
  return hostname;
}

// The Infrastructure Manager's dialect names machines by their endpoint: `slurmserver`, `vnode-#N#`; what follows a dot is no name of the machine.
// Where several groups are called alike (it counts all machines through), each keeps its own name.
function dnsName(draft: Draft, node: NodeTemplate, otherwise: string): string {
  const { groups, template } = draft.input.recipe;
  const nameOf = (each: NodeTemplate) => {
    const given = evaluateNow(each.capabilities.get('endpoint')?.get('dns_name'), template, each, draft.values);
    const [first = ''] = String(given ?? '').split('.');
    return first.toLowerCase().replaceAll('#n#', '#N#');
  };
  const name = nameOf(node);
  const isAlone = groups.every((group) => group.node === node || nameOf(group.node) !== name);
  return isAlone && isHostname(name.replaceAll('#N#', '1')) ? name : otherwise;
}

function disksOf(draft: Draft, { template, place }: DecidedGroup): { sizeGiB: number; path: string }[] {
  const { recipe } = draft.input;
  return template.disks.flatMap(({ disk, location, enabledBy }) => {
    const definition = recipe.template.nodes.get(disk);
    if (!definition || !holds(enabledBy, draft.values)) return [];
    const given = (name: string) => evaluateNow(definition.properties.get(name), recipe.template, definition, draft.values);
    for (const name of ['volume_id', 'snapshot_id']) if (given(name)) draft.problems.push(noVolume(name, definition));
    const size = definition.properties.get('size');
    const sizeGiB = inUnits(parseSize(evaluateNow(size, recipe.template, definition, draft.values))?.bytes ?? 0, 'GiB');
    if (sizeGiB === 0) return [];
    const path = String(evaluateNow(location ?? undefined, recipe.template, template.node, draft.values) ?? '');
    const field = size?.kind === 'input' ? `inputs.${size.name}` : `placement.${template.name}.site`;
    if (!place.site.features.volumes)
      draft.problems.push(
        problem('invalid-input', `${place.site.name} offers no volumes, and ${template.label} needs one of ${sizeGiB} GiB.`, {
          field,
          remedy: 'Choose another site, or a size of 0.',
        }),
      );
    if (!/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/.test(path))
      draft.problems.push(
        problem('invalid-input', `A volume can't be mounted at "${path}".`, {
          field: location?.kind === 'input' ? `inputs.${location.name}` : field,
          remedy: 'Write an absolute path such as /mnt/data.',
        }),
      );
    return [{ sizeGiB, path }];
  });
}

// Better refused than an empty volume in the place of the one that was meant.
function noVolume(name: string, definition: NodeTemplate): PlanProblem {
  const value = definition.properties.get(name);
  return problem(
    'invalid-input',
    `${definition.name} is to be ${name === 'volume_id' ? 'a volume that is there already' : 'made of a snapshot'}; only new volumes are made.`,
    {
      field: value?.kind === 'input' ? `inputs.${value.name}` : undefined,
      remedy: 'Leave it empty.',
    },
  );
}
