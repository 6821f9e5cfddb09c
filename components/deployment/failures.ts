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
    const key = keyOf(problem);
    const known = found.get(key) ?? { problem, subjects: [], site };
    if (subject) known.subjects.push(subject);
    found.set(key, known);
  };
  for (const resource of resources)
    if (resource.phase === 'failed' || resource.phase === 'deleting') add(resource.problem, resource.site, resource.summary);
  const ofMachines = new Set(found.keys());
  for (const { state, problem, site, hostname } of nodes) {
    // a node without its machine has that one's failure, which is told already
    if ((state === 'failed' || state === 'unreachable') && problem && !ofMachines.has(keyOf(problem))) add(problem, site, hostname);
  }
  if (found.size === 0) add(own, null);
  return [...found.values()];
}

const keyOf = ({ code, title, upstream }: InnerProblem): string => `${code}\n${title}\n${upstream?.message ?? ''}`;
