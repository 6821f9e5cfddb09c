import type { Diagnostics } from '@/lib/tosca/cursor';
import type { PolicyDefinition, ServiceTemplate } from '@/lib/tosca/template';
import type { PlacementSet } from './types';

/**
 * Which groups go to one site together: those that one placement policy names; the others are with the first policy's,
 * and without policies all are together. A policy that names a site says nothing of togetherness, and where a person's part goes is theirs
 * to choose: it is passed over with a note.
 * @returns the sets in the order of the policies; every group is in one
 */
export function placementSets(template: ServiceTemplate, diagnostics: Diagnostics): PlacementSet[] {
  for (const policy of template.policies) {
    const problem = template.types.problem(policy.type);
    if (problem) diagnostics.add(policy.at, `policies.${policy.name}: ${problem}`);
  }
  const groups = [...template.nodes.values()].filter(({ type }) => template.types.isA(type, 'tosca.nodes.Compute')).map(({ name }) => name);
  const sets: PlacementSet[] = [];
  for (const policy of template.policies.filter(({ type }) => template.types.isA(type, 'tosca.policies.Placement'))) {
    const site = policy.properties.get('cloud_id');
    if (site !== undefined)
      diagnostics.warn(policy.at, `policies.${policy.name}: the site "${site}" is not taken from here; it is chosen in the form.`);
    else sets.push(readSet(policy, groups, sets, diagnostics));
  }
  const placed = new Set(sets.flatMap((set) => set.groups));
  const rest = groups.filter((name) => !placed.has(name));
  const [first, ...others] = sets;
  if (!first) return [{ name: 'all', label: '', groups, apart: false }];
  return [{ ...first, groups: groups.filter((name) => first.groups.includes(name) || rest.includes(name)) }, ...others];
}

function readSet(policy: PolicyDefinition, groups: string[], before: PlacementSet[], diagnostics: Diagnostics): PlacementSet {
  const bad = (message: string) => diagnostics.add(policy.at, `policies.${policy.name}: ${message}`);
  if (policy.targets.length === 0) bad('it names no group; write them as `targets`.');
  if (before.some(({ name }) => name === policy.name)) bad('another policy has this name.');
  const own: string[] = [];
  for (const target of policy.targets) {
    const other = before.find((set) => set.groups.includes(target))?.name ?? (own.includes(target) ? policy.name : undefined);
    if (other !== undefined) bad(`${target} is already placed by ${other}.`);
    // what is no node template at all was said when the template was read
    else if (!groups.includes(target)) bad(`${target} is no group of nodes.`);
    else own.push(target);
  }
  const label = policy.properties.get('label');
  return {
    name: policy.name,
    label: typeof label === 'string' && label.trim() !== '' ? label.trim() : policy.name,
    groups: groups.filter((name) => own.includes(name)),
    apart: policy.properties.get('apart') === true,
  };
}
