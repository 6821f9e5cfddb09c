import type { Plan, PlanProblem } from '@/lib/planning/types';

/**
 * Leases that stand and hold too little for what is to boot on them. A lease is made for so many, and is not grown by the way: whoever holds it decides
 * that. Pure.
 */
export function leaseProblems({ resources }: Plan, stands: Plan): PlanProblem[] {
  return resources.flatMap(({ key, spec, group }): PlanProblem[] => {
    if (spec.kind !== 'lease' || spec.held || !stands.resources.some((each) => each.key === key)) return [];
    const asked = resources.filter((each) => each.spec.kind === 'server' && each.spec.lease === key).length;
    if (asked <= spec.hosts) return [];
    const detail = `The lease under it holds ${spec.hosts} ${spec.flavorId === undefined ? 'hosts' : 'machines'}, and ${asked} nodes are to boot on it.`;
    const remedy = 'Ask for fewer nodes, or deploy on a larger lease.';
    return [
      { severity: 'error', code: 'invalid-input', title: 'The lease is too small', detail, remedy, field: `placement.${group}.lease` },
    ];
  });
}
