'use client';

import '@xyflow/react/dist/base.css';
import { useQuery } from '@tanstack/react-query';
import { Background, Controls, Handle, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import { Globe, HardDrive, type LucideIcon, Network, Router, Server } from 'lucide-react';
import { useMemo } from 'react';
import { queries } from '@/components/api/queries';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage, useT } from '@/components/messages/provider';
import { Card, Section } from '@/components/ui/card';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { ToneIcon } from '@/components/ui/tone';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';
import { type Box, type BoxKind, boxSize, type TopologyGraph, topologyGraph } from './topology-graph';
import { topologyRows } from './topology-rows';

type BoxNode = Node<{ box: Box }, 'box'>;
type SiteNode = Node<{ name: string }, 'site'>;

const icons: Record<BoxKind, LucideIcon> = {
  internet: Globe,
  network: Network,
  router: Router,
  server: Server,
  volume: HardDrive,
};
const nodeTypes = { box: BoxView, site: SiteView };

/** The picture of a deployment: what stands where, and what leads to what. */
export function Topology({ id }: { id: string }) {
  const resources = useQuery(deploymentQueries.resources(id));
  const nodes = useQuery(deploymentQueries.nodes(id));
  return (
    <Loaded query={resources} skeleton={<Skeleton className="h-[34rem] rounded-card" />}>
      {(all) => <Picture resources={all} nodes={nodes.data ?? []} />}
    </Loaded>
  );
}

function Picture({ resources, nodes }: { resources: ResourceView[]; nodes: NodeView[] }) {
  const t = useT();
  const sites = useQuery(queries.sites()).data?.items;
  const graph = useMemo(() => topologyGraph(resources, nodes), [resources, nodes]);
  const nameOf = (id: string) => sites?.find((each) => each.id === id)?.name ?? id;
  const drawn: (BoxNode | SiteNode)[] = [
    ...graph.sites.map(
      (site): SiteNode => ({
        id: `site ${site.id}`,
        type: 'site',
        position: { x: site.x, y: site.y },
        width: site.width,
        height: site.height,
        zIndex: -1,
        data: { name: nameOf(site.id) },
      }),
    ),
    ...graph.boxes.map((box): BoxNode => ({ id: box.id, type: 'box', position: { x: box.x, y: box.y }, ...boxSize, data: { box } })),
  ];
  const label = new Map(graph.boxes.map((box) => [box.id, box.label || t(`topology.${box.kind}`)]));
  if (graph.boxes.length === 0) return <p className="text-sm text-ink-2">{t('topology.none')}</p>;
  return (
    <>
      <Rows graph={graph} nameOf={nameOf} />
      <Card className="h-[34rem] overflow-hidden max-sm:hidden">
        <ReactFlow
          aria-label={t('deployment.topology')}
          nodes={drawn}
          edges={graph.edges.map((edge) => ({
            id: edge.id,
            source: edge.from,
            target: edge.to,
            type: 'smoothstep',
            animated: edge.busy,
            ariaLabel: t('topology.edge', { from: label.get(edge.from) ?? edge.from, to: label.get(edge.to) ?? edge.to }),
            style: { stroke: 'var(--line-strong)' },
          }))}
          nodeTypes={nodeTypes}
          ariaLabelConfig={{
            // nothing in it is moved or deleted
            'node.a11yDescription.default': '',
            'node.a11yDescription.keyboardDisabled': '',
            'edge.a11yDescription.default': '',
            'controls.ariaLabel': t('topology.controls'),
            'controls.zoomIn.ariaLabel': t('topology.zoomIn'),
            'controls.zoomOut.ariaLabel': t('topology.zoomOut'),
            'controls.fitView.ariaLabel': t('topology.fitView'),
          }}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
          minZoom={0.1}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          preventScrolling={false}
          zoomOnScroll={false}
        >
          <Background color="var(--line)" gap={20} />
          <Controls showInteractive={false} aria-label={t('topology.controls')} />
        </ReactFlow>
      </Card>
    </>
  );
}

/** The same as lists, where the picture would be too small to be read. */
function Rows({ graph, nameOf }: { graph: TopologyGraph; nameOf: (site: string) => string }) {
  const { t, said } = useLanguage();
  return (
    <div className="space-y-4 sm:hidden">
      {topologyRows(graph).map(({ site, rows }) => (
        <Section key={site} id={`topology-${site}`} title={nameOf(site)}>
          <ul className="space-y-1 p-3">
            {rows.map(({ box, depth }) => {
              const Icon = icons[box.kind];
              return (
                <li key={box.id} className="flex min-h-11 items-center gap-2.5" style={{ paddingLeft: `${Math.min(depth, 4) * 1.125}rem` }}>
                  <Icon aria-hidden className="size-4.5 shrink-0 text-ink-2" />
                  <span className="min-w-0 flex-1">
                    <span className="block text-sm font-medium text-ink [overflow-wrap:anywhere]">
                      {box.label || t(`topology.${box.kind}`)}
                    </span>
                    <span className="block text-xs text-ink-3 [overflow-wrap:anywhere]">{said(box.note)}</span>
                  </span>
                  {box.kind !== 'internet' && (
                    <>
                      <ToneIcon tone={box.tone} />
                      <span className="sr-only">{t(`tone.${box.tone}`)}</span>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function BoxView({ data: { box } }: NodeProps<BoxNode>) {
  const { t, said } = useLanguage();
  const Icon = icons[box.kind];
  return (
    <div className="flex h-full w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-3 shadow-card">
      <Handle type="target" position={Position.Top} className="invisible" />
      <Icon aria-hidden className="size-4.5 shrink-0 text-ink-2" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-xs font-medium text-ink">{box.label || t(`topology.${box.kind}`)}</span>
        <span className="block max-h-8 overflow-hidden text-2xs text-ink-3">{said(box.note)}</span>
      </span>
      {box.kind !== 'internet' && (
        <>
          <ToneIcon tone={box.tone} />
          <span className="sr-only">{t(`tone.${box.tone}`)}</span>
        </>
      )}
      <Handle type="source" position={Position.Bottom} className="invisible" />
    </div>
  );
}

function SiteView({ data }: NodeProps<SiteNode>) {
  return (
    <div className="h-full w-full rounded-xl border border-dashed border-line-strong bg-sunken/50 px-4 pt-2.5 text-xs font-medium text-ink-2">
      {data.name}
    </div>
  );
}
