import type { InnerProblem } from '@/lib/api/contract/common';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';

export interface FoundFailure {
  problem: InnerProblem;
  /** what it happened to, in words */
  subjects: string[];
  /** where it happened first; null if it is not known */
  site: string | null;
}

/** Problems of a deployment, its resources and nodes; the same problem of many is told once, with all it happened to. */
export function failures(own: InnerProblem | null, resources: ResourceView[], nodes: NodeView[]): FoundFailure[] {
  const found = new Map<string, FoundFailure>();
  const add = (problem: InnerProblem | null, site: string | null, subject?: string) => {
    if (!problem) return;
    const key = `${problem.code}\n${problem.title}\n${problem.upstream?.message ?? ''}`;
    const known = found.get(key) ?? { problem, subjects: [], site };
    if (subject) known.subjects.push(subject);
    found.set(key, known);
  };
  for (const resource of resources)
    if (resource.phase === 'failed' || resource.phase === 'deleting') add(resource.problem, resource.site, resource.summary);
  for (const node of nodes) if (node.state === 'failed' || node.state === 'unreachable') add(node.problem, node.site, node.hostname);
  if (found.size === 0) add(own, null);
  return [...found.values()];
}
