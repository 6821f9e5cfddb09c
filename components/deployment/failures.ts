import type { InnerProblem } from '@/lib/api/contract/common';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';

export interface FoundFailure {
  problem: InnerProblem;
  /** what it happened to, in words */
  subjects: string[];
  /** how many of them are told of by another title, which names them */
  alike: number;
  /** where it happened first; null if it is not known */
  site: string | null;
}

type Of = { names: readonly (string | null)[]; site: string | null; subject?: string };

/**
 * Problems of a deployment, its resources and nodes, servers that are lost before all others. What differs by nothing but the names and ids of what it
 * happened to is one cause, and told once, with all it happened to.
 */
export function failures(own: InnerProblem | null, resources: ResourceView[], nodes: NodeView[]): FoundFailure[] {
  const found = new Map<string, FoundFailure>();
  const add = (problem: InnerProblem | null, { names, site, subject }: Of) => {
    if (!problem) return;
    const key = causeOf(problem, names);
    const known = found.get(key) ?? { problem, subjects: [], alike: 0, site };
    if (problem.title !== known.problem.title) known.alike += 1;
    if (subject) known.subjects.push(subject);
    found.set(key, known);
  };
  const failed = resources.filter(({ phase }) => phase === 'failed' || phase === 'deleting');
  for (const resource of [...failed.filter(isLost), ...failed.filter((each) => !isLost(each))]) {
    add(resource.problem, { names: [nameOf(resource), resource.cloudId], site: resource.site, subject: resource.summary });
  }
  const ofMachines = new Set(failed.flatMap(({ problem }) => (problem ? [wordsOf(problem)] : [])));
  for (const { state, problem, site, hostname, key, id } of nodes) {
    // a node without its machine has that one's failure, which is told already
    if ((state === 'failed' || state === 'unreachable') && problem && !ofMachines.has(wordsOf(problem))) {
      add(problem, { names: [hostname, key, id], site, subject: hostname });
    }
  }
  if (found.size === 0) add(own, { names: [], site: null });
  return [...found.values()];
}

/** A server that its site does not list any more: what else went wrong is likely to have followed. */
const isLost = ({ kind, phase, problem }: ResourceView): boolean =>
  kind === 'server' && phase === 'failed' && problem?.code === 'not-found';

// as the ledger names it: `server-workers-1` is told of as the server workers-1
const nameOf = ({ key, kind }: ResourceView): string => (key.startsWith(`${kind}-`) ? key.slice(kind.length + 1) : key);

const wordsOf = ({ code, title, upstream }: InnerProblem): string => `${code}\n${title}\n${upstream?.message ?? ''}`;

const anyId = /\b(?:req-)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b/gi;

/** What happened, whatever it happened to: whole names only, since `a` stands in many words. */
function causeOf(problem: InnerProblem, names: readonly (string | null)[]): string {
  const known = names.flatMap((name) => (name ? [name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')] : []));
  const words = wordsOf(problem).replaceAll(anyId, '…');
  return known.length === 0 ? words : words.replaceAll(new RegExp(`(?<![\\w-])(?:${known.join('|')})(?![\\w-])`, 'g'), '…');
}
