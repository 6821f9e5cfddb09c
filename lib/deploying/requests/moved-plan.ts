import { moveMark } from '@/lib/planning/change/marks';
import { renamed, renamedNode } from '@/lib/planning/change/renamed';
import type { Plan, PlannedNode, PlannedResource, Value } from '@/lib/planning/types';
import { letsInOf } from '../kinds';
import { isOf } from '../ledger/state/sides';

/** What becomes of a plan when one part of it goes to another site. */
export interface Moved {
  plan: Plan;
  /** keys of what is no longer wanted: the part as it was, and who let it in elsewhere */
  gone: Set<string>;
  made: PlannedResource[];
  /** nodes of the part, which begin anew */
  nodes: PlannedNode[];
  /** nodes that stand, with the first of their steps that names the part: they run again from there */
  again: Map<string, string>;
}

/**
 * Puts one part of a standing plan elsewhere: it is taken from a plan that was drawn anew for the whole, everything else stays as it stands. Pure.
 * @param set name of the part
 * @param drawn the same deployment as it would be planned now, with the part at its new site
 * @param known keys of all resources there ever were
 */
export function movePart(standing: Plan, set: string, drawn: Plan, known: readonly string[]): Moved {
  const before = standing.sets?.find(({ name }) => name === set);
  const after = drawn.sets?.find(({ name }) => name === set);
  if (!before || !after) throw new Error(`The plan has no part ${set}`);
  const { groups } = before;
  const isOwn = (site: string) => (resource: PlannedResource) =>
    isOf({ group_name: resource.group ?? null, site: resource.site }, groups, site);
  const left = standing.resources.filter(isOwn(before.site));
  const leftKeys = new Set(left.map(({ key }) => key));
  const letsIn = (keys: Set<string>) => (resource: PlannedResource) => keys.has(letsInOf(resource.spec) ?? '') && !keys.has(resource.key);
  const shut = standing.resources.filter(letsIn(leftKeys));
  const gone = new Set([...left, ...shut].map(({ key }) => key));
  const kept = standing.resources.filter(({ key }) => !gone.has(key));

  const fresh = drawn.resources.filter(isOwn(after.site));
  const freshKeys = new Set(fresh.map(({ key }) => key));
  const letIn = drawn.resources.filter(letsIn(freshKeys));
  const mark = `_${1 + Math.max(1, ...known.map((key) => Number(moveMark.exec(key)?.[1] ?? 1)))}`;
  const news = new Set([...fresh, ...letIn].map(({ key }) => key));
  // what stands may itself have moved once
  const marked = new Map(kept.map(({ key }) => [key.replace(moveMark, ''), key]));
  const name = (key: string) => (news.has(key) ? key + mark : (marked.get(key) ?? key));
  const made = [...fresh, ...letIn].map((resource) => renamed(resource, name));

  const isMoved = ({ group }: PlannedNode) => groups.includes(group);
  const nodes = drawn.nodes.filter(isMoved).map((node) => renamedNode(node, name));
  const moved = new Set(nodes.map(({ key }) => key));
  const stays = standing.nodes.filter((node) => !isMoved(node)).map((node) => withNewNames(node, drawn));
  const again = stays.flatMap(({ key, steps }) => {
    const first = steps.find(({ env }) => Object.values(env).some((value) => namesNode(value, moved)));
    return first ? [[key, first.name] as const] : [];
  });
  const plan: Plan = {
    ...standing,
    resources: [...kept, ...made],
    nodes: standing.nodes.flatMap((node) => (isMoved(node) ? [] : (stays.find(({ key }) => key === node.key) ?? []))).concat(nodes),
    outputs: drawn.outputs,
    sets: standing.sets?.map((each) => (each.name === set ? { ...each, site: after.site } : each)),
    leases: [
      ...standing.leases.filter(({ site }) => site !== before.site),
      ...drawn.leases.filter(({ site }) => site === after.site).map((lease) => ({ ...lease, lease: name(lease.lease) })),
    ],
    totals: drawn.totals,
    siteTotals: drawn.siteTotals,
    problems: [],
  };
  return { plan, gone, made, nodes, again: new Map(again) };
}

// A step of what stands is the same; how it names the other side may not be.
function withNewNames(node: PlannedNode, drawn: Plan): PlannedNode {
  const now = drawn.nodes.find(({ key }) => key === node.key);
  return {
    ...node,
    steps: node.steps.map((step) => ({ ...step, env: now?.steps.find(({ name }) => name === step.name)?.env ?? step.env })),
  };
}

function namesNode(value: Value, nodes: ReadonlySet<string>): boolean {
  if (typeof value === 'string' || 'secret' in value) return false;
  if ('concat' in value) return value.concat.some((part) => namesNode(part, nodes));
  if ('join' in value) return value.join.some((part) => namesNode(part, nodes));
  return nodes.has(value.node);
}
