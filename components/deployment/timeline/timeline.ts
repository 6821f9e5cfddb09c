import { toneOfNode, toneOfPhase } from '@/components/deployments/states';
import type { Tone } from '@/components/ui/tone';
import type { DeploymentEvent, NodeView, ResourceView } from '@/lib/api/contract/deployments';

export const stageNames = ['lease', 'network', 'storage', 'machines', 'configuration'] as const;
export type StageName = (typeof stageNames)[number];

/** A resource or a node on its way; what happened to it, call by call or step by step. */
export interface Entry {
  key: string;
  tone: Tone;
  resource?: ResourceView;
  node?: NodeView;
  /** ISO 8601; absent while unknown */
  start?: string;
  end?: string;
  calls: DeploymentEvent[];
}

export interface Stage {
  name: StageName;
  tone: Tone;
  done: number;
  total: number;
  entries: Entry[];
}

const stageOfKind: Record<string, StageName> = { lease: 'lease', volume: 'storage', server: 'machines' };

/** The story of a deployment as stages, each with its resources or nodes in the order of the plan. */
export function timeline(resources: ResourceView[], nodes: NodeView[], events: DeploymentEvent[]): Stage[] {
  const calls = Map.groupBy(events, (event) => event.subject ?? '');
  const entries: [StageName, Entry][] = [
    ...resources.map((resource): [StageName, Entry] => [
      stageOfKind[resource.kind] ?? 'network',
      resourceEntry(resource, calls.get(resource.key) ?? []),
    ]),
    ...nodes.map((node): [StageName, Entry] => ['configuration', nodeEntry(node, calls.get(node.key) ?? calls.get(node.id) ?? [])]),
  ];
  return stageNames
    .map((name) =>
      stage(
        name,
        entries.filter(([of]) => of === name).map(([, entry]) => entry),
      ),
    )
    .filter(({ total }) => total > 0);
}

/** The stage to open at first: where it failed, else where work is going on, else none. */
export function stageToOpen(stages: Stage[]): Stage | undefined {
  return (
    stages.find((each) => each.tone === 'bad') ?? stages.find((each) => each.tone === 'warn') ?? stages.find((each) => each.tone === 'busy')
  );
}

function stage(name: StageName, entries: Entry[]): Stage {
  const done = entries.filter(({ tone }) => tone === 'ok' || tone === 'idle').length;
  return { name, entries, done, total: entries.length, tone: worst(entries, done) };
}

function worst(entries: Entry[], done: number): Tone {
  for (const tone of ['bad', 'warn', 'busy'] as const) if (entries.some((entry) => entry.tone === tone)) return tone;
  if (done < entries.length) return done > 0 ? 'busy' : 'waiting';
  return entries.every(({ tone }) => tone === 'idle') ? 'idle' : 'ok';
}

function resourceEntry(resource: ResourceView, calls: DeploymentEvent[]): Entry {
  // what is gone has no time of making any more: its last change is its end
  const settled = resource.phase === 'ready' || resource.phase === 'failed';
  const start = calls[0]?.at ?? (resource.phase === 'planned' ? undefined : resource.updatedAt);
  return { key: resource.key, tone: toneOfPhase(resource.phase), resource, start, end: settled ? resource.updatedAt : undefined, calls };
}

function nodeEntry(node: NodeView, calls: DeploymentEvent[]): Entry {
  const starts = node.steps.flatMap((step) => step.startedAt ?? []);
  const ends = node.steps.flatMap((step) => step.endedAt ?? []);
  const settled = node.state === 'ready' || node.state === 'failed';
  return {
    key: node.key,
    tone: toneOfNode(node.state),
    node,
    start: starts.toSorted()[0],
    end: settled ? ends.toSorted().at(-1) : undefined,
    calls,
  };
}
