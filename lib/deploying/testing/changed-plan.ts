import { differenceOf } from '@/lib/planning/change/difference';
import { resizedInPlace } from '@/lib/planning/change/resize';
import { builtIn } from '@/lib/planning/fixtures/plan';
import type { Plan } from '@/lib/planning/types';
import { waitingFor } from '../ledger/plans/waiting-nodes';
import type { Proposal } from '../requests/update/proposal';
import { clusterPlan } from './fixture-plan';

/** A cluster whose front-end is told of its workers, of which only some numbers are there. */
export function clusterOf(...numbers: number[]): Plan {
  const whole = clusterPlan(Math.max(0, ...numbers));
  const keys = new Set(['front', ...numbers.map((number) => `worker-${number}`)]);
  const nodes = whole.nodes.filter(({ key }) => keys.has(key));
  const names = nodes.filter(({ group }) => group === 'workers').map(({ hostname }) => hostname);
  const step = nodes[0]?.steps[0];
  if (!step) throw new Error('The fixture has no step');
  return {
    ...whole,
    resources: whole.resources.filter(({ spec, key }) => {
      const node = spec.kind === 'server' ? spec.node : key.startsWith('port-') ? key.slice('port-'.length) : 'front';
      return keys.has(node);
    }),
    nodes: nodes.map((node) =>
      node.key === 'front'
        ? { ...node, steps: [step, { ...step, name: 'peers', title: 'Peers', env: { WORKERS: names.join(',') } }] }
        : node,
    ),
  };
}

/** The same with workers of another flavor. */
export function ofFlavor(plan: Plan, flavorId: string): Plan {
  const resources = plan.resources.map((each) =>
    each.spec.kind === 'server' && each.spec.node !== 'front' ? { ...each, spec: { ...each.spec, flavorId } } : each,
  );
  return { ...plan, resources };
}

/** The flavor of its workers. */
export function flavorOf({ resources }: Plan): string {
  const found = resources.flatMap(({ spec }) => (spec.kind === 'server' && spec.node !== 'front' ? [spec.flavorId] : []));
  return found[0] ?? 'f';
}

/** A change from one plan to another; where nodes go, the front-end sees to their work first. */
export function proposalFor(stands: Plan, plan: Plan, about: Partial<Proposal> = {}): Proposal {
  const whole = differenceOf(stands, plan);
  const difference = resizedInPlace(whole, new Set(whole.changed.map(({ key }) => key)));
  const leaving = stands.nodes.filter(({ key }) => difference.removed.nodes.includes(key));
  return {
    recipe: builtIn.recipe('slurm'),
    request: { recipe: 'cluster', addOns: [], inputs: { workers: plan.nodes.length - 1 }, placement: {} },
    plan,
    draining:
      leaving.length > 0
        ? withLeaving(
            stands,
            leaving.map(({ hostname }) => hostname),
          )
        : null,
    difference,
    effects: [],
    answered: [],
    addOns: { added: [], removed: [], left: [] },
    images: [],
    leaving,
    waiting: waitingFor(plan, difference),
    resizable: new Set(),
    inTurn: false,
    seconds: 60,
    problems: [],
    unsaid: false,
    ...about,
  };
}

/** What stands, with the front-end's step that sees to nodes that leave. */
export function withLeaving(plan: Plan, names: string[], way: 'finish' | 'stay' = 'finish'): Plan {
  const [front, ...others] = plan.nodes;
  const step = front?.steps[0];
  if (!front || !step) throw new Error('The fixture has no front-end');
  const leave = { ...step, name: 'leave', title: 'Leave', env: { LEAVING: names.join(','), LEAVING_WAY: way } };
  return { ...plan, nodes: [{ ...front, steps: [...front.steps, leave] }, ...others] };
}
