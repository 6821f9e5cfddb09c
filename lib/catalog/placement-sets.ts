import type { Diagnostics } from '@/lib/tosca/cursor';
import type { ServiceTemplate } from '@/lib/tosca/template';

/**
 * Which groups go to one site together: those that one placement policy names; the others are with the first policy's,
 * and without policies all are together.
 * @returns group → name of its set
 */
export function placementSets(template: ServiceTemplate, diagnostics: Diagnostics): Map<string, string> {
  const policies = template.policies.filter(({ type }) => template.types.isA(type, 'tosca.policies.Placement'));
  for (const policy of template.policies) {
    const problem = template.types.problem(policy.type);
    if (problem) diagnostics.add(policy.at, `policies.${policy.name}: ${problem}`);
  }
  const sets = new Map<string, string>();
  for (const policy of policies)
    for (const target of policy.targets) {
      if (sets.has(target)) diagnostics.add(policy.at, `policies.${policy.name}: ${target} is already placed by ${sets.get(target)}.`);
      else sets.set(target, policy.name);
    }
  for (const [name, node] of template.nodes)
    if (template.types.isA(node.type, 'tosca.nodes.Compute') && !sets.has(name)) sets.set(name, policies[0]?.name ?? 'all');
  return sets;
}
