import { toneOfNode, toneOfPhase } from '@/components/deployments/states';
import type { Tone } from '@/components/ui/tone';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';
import type { DeploymentEvent } from '@/lib/api/contract/history';

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

/** How often something was made, with the time that stands or failed last: requests that were only sent again, and deletions, are none. */
export const triesOf = ({ observed }: Pick<ResourceView, 'observed'>): number =>
  1 + (typeof observed.replaced === 'number' ? observed.replaced : 0);

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
  return { key: resource.key, tone: toneOfPhase(resource.phase), resource, start: calls[0]?.at, end: endOf(resource, calls)?.at, calls };
}

// Its row is written whenever it is looked at: only what happened says when it was made, or failed. What is gone has no time of making any more.
function endOf({ phase }: ResourceView, calls: DeploymentEvent[]): DeploymentEvent | undefined {
  if (phase === 'failed') return calls.findLast(({ level }) => level === 'error');
  return phase === 'ready' ? calls.findLast(({ data }) => data.cloudId !== undefined || data.status !== undefined) : undefined;
}

/** From the first to the last that happened, in milliseconds. */
export interface Span {
  from: number;
  until: number;
}

/** When an entry was under way; what still is, is until now. */
function spanOf({ start, end, tone }: Pick<Entry, 'start' | 'end' | 'tone'>, now: number): Span | undefined {
  if (start === undefined) return undefined;
  const from = Date.parse(start);
  return { from, until: end !== undefined ? Date.parse(end) : tone === 'busy' ? Math.max(from, now) : from };
}

/** From the first to the last that happened to any of them. */
export function wholeOf(entries: readonly Entry[], now: number): Span | undefined {
  const spans = entries.flatMap((entry) => spanOf(entry, now) ?? []);
  if (spans.length === 0) return undefined;
  return { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) };
}

/** What is less than this apart is one turn: a site or another node was waited for. */
const apartMs = 60_000;

/** When any of them was under way, turn by turn: a change takes up again what was done long before. */
export function turnsOf(entries: readonly Entry[], now: number): Span[] {
  const turns: Span[] = [];
  for (const { from, until } of entries.flatMap((entry) => spansOf(entry, now)).toSorted((a, b) => a.from - b.from)) {
    const last = turns.at(-1);
    if (last && from - last.until < apartMs) last.until = Math.max(last.until, until);
    else turns.push({ from, until });
  }
  return turns;
}

/** When a step of a node was under way, as it ran last: one that still runs until now, one that has not begun never. */
export function turnOfStep({ startedAt, endedAt, state }: NodeView['steps'][number], now: number): Span | undefined {
  return spanOf({ start: startedAt, end: state === 'running' ? undefined : endedAt, tone: state === 'running' ? 'busy' : 'ok' }, now);
}

/** A node by its steps, which may have been run at other times. */
function spansOf(entry: Entry, now: number): Span[] {
  const steps = (entry.node?.steps ?? []).flatMap(
    ({ startedAt: start, endedAt: end }) => spanOf({ start, end, tone: entry.tone }, now) ?? [],
  );
  return steps.length > 0 ? steps : [spanOf(entry, now) ?? []].flat();
}

/** How long they were under way, in seconds; null while one still is, or where it is not known of each. */
export function secondsOf(entries: readonly Entry[]): number | null {
  if (entries.length === 0 || entries.some(({ start, end }) => start === undefined || end === undefined)) return null;
  return turnsOf(entries, 0).reduce((sum, { from, until }) => sum + Math.max(0, until - from), 0) / 1000;
}

/** Where a bar begins and how long it is, as shares of the whole from 0 to 1. */
export function barIn(whole: Span, { from, until }: Span): { left: number; width: number } {
  const length = Math.max(1, whole.until - whole.from);
  return { left: (from - whole.from) / length, width: (until - from) / length };
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
