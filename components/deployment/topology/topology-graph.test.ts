import { describe, expect, it } from 'vitest';
import type { ResourceView } from '@/lib/api/contract/deployments';
import { boxSize, topologyGraph } from './topology-graph';

const resource = (
  key: string,
  kind: string,
  dependsOn: string[],
  site = 'europe',
  phase: ResourceView['phase'] = 'ready',
): ResourceView => ({
  key,
  kind,
  site,
  project: 'p',
  group: null,
  dependsOn,
  summary: key,
  wanted: 'present',
  phase,
  cloudId: null,
  observed: {},
  attempts: 1,
  problem: null,
  updatedAt: '',
});
const cluster = (site: string) => [
  resource(`${site}-net`, 'network', [], site),
  resource(`${site}-subnet`, 'subnet', [`${site}-net`], site),
  resource(`${site}-router`, 'router', [`${site}-subnet`], site),
  resource(`${site}-sg`, 'securityGroup', [], site),
  resource(`${site}-port`, 'port', [`${site}-subnet`, `${site}-sg`], site),
  resource(`${site}-vm`, 'server', [`${site}-port`, `${site}-vol`, `${site}-router`], site),
  resource(`${site}-vol`, 'volume', [], site),
];
const pairs = (graph: ReturnType<typeof topologyGraph>) => graph.edges.map((edge) => `${edge.from}>${edge.to}`).sort();

describe('the topology', () => {
  it('links what is drawn through ports and subnets, from the internet down to the disks', () =>
    expect(pairs(topologyGraph(cluster('e'), []))).toEqual(['e-net>e-vm', 'e-router>e-net', 'e-vm>e-vol', 'internet e>e-router']));
  it('says of a network which addresses it has', () =>
    expect(topologyGraph(cluster('e'), []).boxes.find((box) => box.kind === 'network')?.note).toBe('e-subnet'));
  it('puts sites side by side', () => {
    const { sites } = topologyGraph([...cluster('a'), ...cluster('b')], []);
    const [first, second] = sites;
    expect(second?.x).toBeGreaterThanOrEqual((first?.x ?? 0) + (first?.width ?? 0));
  });
  it('has machines in the order of the plan, each above its own disk', () => {
    const names = ['controller', 'workers-1', 'workers-2', 'workers-3'];
    const { boxes } = topologyGraph(
      [
        resource('net', 'network', []),
        ...names.map((name) => resource(`volume-${name}`, 'volume', [])),
        ...names.map((name) => resource(`server-${name}`, 'server', ['net', `volume-${name}`])),
      ],
      [],
    );
    const row = (kind: string) =>
      boxes
        .filter((box) => box.kind === kind)
        .toSorted((a, b) => a.x - b.x)
        .map((box) => box.id);
    expect(row('server')).toEqual(names.map((name) => `server-${name}`));
    expect(row('volume')).toEqual(names.map((name) => `volume-${name}`));
  });
  it('keeps boxes apart', () => {
    const { boxes } = topologyGraph(cluster('e'), []);
    for (const a of boxes)
      for (const b of boxes) if (a !== b) expect(Math.abs(a.x - b.x) >= boxSize.width || Math.abs(a.y - b.y) >= boxSize.height).toBe(true);
  });
  it('leaves out what has gone', () => expect(topologyGraph([resource('vm', 'server', [], 'e', 'gone')], []).boxes).toEqual([]));
});
