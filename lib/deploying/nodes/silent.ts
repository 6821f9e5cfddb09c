import type { Problem } from '@/lib/core/errors';
import type { Ledger, Node } from '../ledger/ledger';

export interface LostNode {
  node: Node;
  problem: Problem;
}

/** Nodes from which nothing was heard for too long. Pure. */
export function lostNodes({ nodes }: Ledger, now: Date): LostNode[] {
  return nodes
    .filter(({ state, deadline_at }) => (state === 'booting' || state === 'configuring') && deadline_at !== null && deadline_at <= now)
    .map((node) => ({ node, problem: problemOf(node) }));
}

function problemOf(node: Node): Problem {
  const running = node.steps.find(({ state }) => state === 'running');
  if (node.heard_at === null || node.state === 'booting') {
    return {
      code: 'node-unreachable',
      title: `${node.hostname} does not report in`,
      detail: `The server of ${node.hostname} is running, but its agent was not heard from in time. ${node.problem?.detail ?? ''}`.trim(),
      cause:
        node.problem?.cause ??
        (node.channel === 'callback'
          ? 'The machine does not boot, runs no cloud-init, or can’t reach this dashboard’s address.'
          : 'The machine does not boot, runs no cloud-init, or does not let SSH in from this dashboard.'),
      remedy: 'Look at the end of its console below. Retry builds the server anew.',
    };
  }
  return {
    code: 'node-unreachable',
    title: `${node.hostname} has fallen silent`,
    detail: `Nothing was heard from ${node.hostname}${running ? ` since “${running.title}” began` : ''}, for longer than that step may take.`,
    cause: 'The machine hangs or was rebooted, or its network is cut.',
    remedy: 'Retry asks it to go on from that step. If it stays silent, reboot it.',
  };
}
