import type { ClusterStatusView } from '@/lib/api/contract/clusters';

type Node = NonNullable<ClusterStatusView['capacity']>['nodes'][number];

/** What all machines of a cluster have together. Pure. */
export function totals(nodes: readonly Node[]): Pick<Node, 'milliCores' | 'freeMilliCores' | 'memoryBytes' | 'freeMemoryBytes'> {
  const sum = (of: (node: Node) => number) => nodes.reduce((all, node) => all + of(node), 0);
  return {
    milliCores: sum((node) => node.milliCores),
    freeMilliCores: sum((node) => node.freeMilliCores),
    memoryBytes: sum((node) => node.memoryBytes),
    freeMemoryBytes: sum((node) => node.freeMemoryBytes),
  };
}
