import { Graph, layout } from '@dagrejs/dagre';
import { toneOfNode, toneOfPhase } from '@/components/deployments/states';
import type { Tone } from '@/components/ui/tone';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';

export type BoxKind = 'internet' | 'network' | 'router' | 'server' | 'volume';

/** One box of the picture; places are of its top left corner, in pixels. */
export interface Box {
  id: string;
  kind: BoxKind;
  label: string;
  note: string;
  tone: Tone;
  site: string;
  node?: string;
  x: number;
  y: number;
}

export interface TopologyGraph {
  boxes: Box[];
  edges: { id: string; from: string; to: string; busy: boolean }[];
  sites: { id: string; x: number; y: number; width: number; height: number }[];
}

export const boxSize = { width: 216, height: 58 };
const kinds = ['router', 'network', 'server', 'volume'] as const;
// from what faces the internet, down to the disks
const ranks: Record<string, number> = { router: 0, network: 1, server: 2, volume: 3 };
const gap = 56;

/** Sites, networks, routers, machines and disks, and what leads to what; sites stand side by side. Public addresses stand on their machines. */
export function topologyGraph(resources: ResourceView[], nodes: NodeView[]): TopologyGraph {
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const nodeOf = new Map(
    nodes.flatMap((node) => resources.filter((each) => isServerOf(each, node)).map((each) => [each.key, node] as const)),
  );
  const result: TopologyGraph = { boxes: [], edges: [], sites: [] };
  let left = 0;
  for (const site of new Set(resources.map((resource) => resource.site))) {
    const shown = resources.filter((resource) => resource.site === site && kindOf(resource) !== undefined && resource.phase !== 'gone');
    if (shown.length === 0) continue;
    const edges = shown.flatMap((resource) => linksOf(resource, byKey));
    const faces = shown.filter((resource) => resource.kind === 'router' || facesInternet(resource, shown, nodeOf));
    const internet = faces.length > 0 ? `internet ${site}` : null;
    if (internet) edges.push(...faces.map((resource) => ({ from: internet, to: resource.key })));
    const graph = new Graph()
      .setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 44, marginx: 24, marginy: 44 })
      .setDefaultEdgeLabel(() => ({}));
    if (internet) graph.setNode(internet, { ...boxSize });
    for (const resource of shown) graph.setNode(resource.key, { ...boxSize });
    for (const edge of edges) graph.setEdge(edge.from, edge.to);
    layout(graph);
    inPlanOrder(graph, edges);
    const place = (id: string) => {
      const { x, y } = graph.node(id);
      return { x: left + (x ?? 0) - boxSize.width / 2, y: (y ?? 0) - boxSize.height / 2 };
    };
    if (internet) result.boxes.push({ id: internet, kind: 'internet', label: '', note: '', tone: 'ok', site, ...place(internet) });
    for (const resource of shown)
      result.boxes.push({ ...boxOf(resource, nodeOf.get(resource.key), rangesOf(resource, resources)), ...place(resource.key) });
    const tones = new Map(result.boxes.map((box) => [box.id, box.tone]));
    for (const { from, to } of edges)
      result.edges.push({ id: `${from}→${to}`, from, to, busy: tones.get(to) === 'busy' || tones.get(from) === 'busy' });
    const { width = 0, height = 0 } = graph.graph();
    result.sites.push({ id: site, x: left, y: 0, width, height });
    left += width + gap;
  }
  return result;
}

/** Puts what stands in one row below what it hangs on, and beside its like in the order of the plan; a layout knows no such order. */
function inPlanOrder(graph: Graph, edges: { from: string; to: string }[]): void {
  const x = (id: string) => graph.node(id).x ?? 0;
  const rows = [...Map.groupBy(graph.nodes(), (id) => Math.round(graph.node(id).y ?? 0))].toSorted(([a], [b]) => a - b);
  for (const [, row] of rows) {
    const places = row.map(x).toSorted((a, b) => a - b);
    const above = new Map(row.map((id) => [id, middle(edges.flatMap(({ from, to }) => (to === id ? x(from) : [])))]));
    const order = row.toSorted((a, b) => (above.get(a) ?? 0) - (above.get(b) ?? 0));
    for (const [index, id] of order.entries()) graph.node(id).x = places[index];
  }
}

function middle(places: number[]): number {
  return places.reduce((sum, place) => sum + place, 0) / Math.max(1, places.length);
}

/** A server is a node's when it is of its group and bears its key. */
function isServerOf(resource: ResourceView, node: NodeView): boolean {
  return resource.kind === 'server' && (resource.key === `server-${node.key}` || resource.key === node.key);
}

// Where there is no router of ours, a machine with a public address is on an outer network itself.
function facesInternet(resource: ResourceView, shown: ResourceView[], nodeOf: Map<string, NodeView>): boolean {
  return !shown.some((each) => each.kind === 'router') && Boolean(nodeOf.get(resource.key)?.publicAddress);
}

function kindOf(resource: ResourceView): (typeof kinds)[number] | undefined {
  return kinds.find((kind) => kind === resource.kind);
}

// What a network's subnets say of it: its frame names the site already.
function rangesOf(resource: ResourceView, resources: ResourceView[]): string {
  if (resource.kind !== 'network') return '';
  return resources
    .flatMap(({ kind, dependsOn, summary }) => (kind === 'subnet' && dependsOn.includes(resource.key) ? summary : []))
    .join(', ');
}

function boxOf(resource: ResourceView, node: NodeView | undefined, ranges: string): Omit<Box, 'x' | 'y'> {
  return {
    id: resource.key,
    kind: kindOf(resource) ?? 'network',
    label: node?.hostname ?? '',
    note: node ? [node.publicAddress, node.privateAddress].filter(Boolean).join(' · ') : ranges || resource.summary,
    tone: node ? toneOfNode(node.state) : toneOfPhase(resource.phase),
    site: resource.site,
    node: node?.key,
  };
}

/** Links of a resource to drawn ones, through those that are not (ports, subnets). */
function linksOf(resource: ResourceView, byKey: Map<string, ResourceView>): { from: string; to: string }[] {
  const reached = reach(resource, byKey);
  const rank = (each: ResourceView) => ranks[each.kind] ?? 0;
  return (
    reached
      // neighbours only: a server waits for the router too, but what it hangs on is the network
      .filter((other) => Math.abs(rank(other) - rank(resource)) === 1)
      .map((other) => (rank(other) < rank(resource) ? { from: other.key, to: resource.key } : { from: resource.key, to: other.key }))
  );
}

function reach(resource: ResourceView, byKey: Map<string, ResourceView>): ResourceView[] {
  const found = new Map<string, ResourceView>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    const other = byKey.get(key);
    if (!other) return;
    if (kindOf(other)) found.set(other.key, other);
    else if (other.kind !== 'securityGroup' && other.kind !== 'keyPair') for (const next of other.dependsOn) visit(next);
  };
  for (const key of resource.dependsOn) visit(key);
  return [...found.values()];
}
