import type { z } from 'zod';
import { type CanaryState, hops } from '@/lib/workloads/canary';
import type { PairProposal } from '@/lib/workloads/pairs/plan';
import type { Pair } from '@/lib/workloads/pairs/types';
import type { pairPlanSchema, pairSchema } from './contract/pairs';

/** What making a pair would do, as it is shown. */
export function planView({ ready, refused, sides, calls, open }: PairProposal): z.input<typeof pairPlanSchema> {
  return {
    ready,
    refused,
    sides: (['origin', 'worker'] as const).map((side) => ({ side, ...sides[side] })),
    calls: calls.map(({ side, call, undo }) => ({ side, cluster: open[side].cluster.name, does: call.kind, undo })),
  };
}

/** A pair, as it is shown. */
export function pairView({ proof, watch, drain, drill, ...pair }: Pair): z.input<typeof pairSchema> {
  return {
    ...pair,
    proof: proof && proofView(proof),
    watch: watch && {
      state: watch.state,
      since: moment(watch.since),
      answeredAt: watch.answeredAt === null ? null : moment(watch.answeredAt),
    },
    drain: drain && { ...drain, since: moment(drain.since), until: drain.until === null ? null : moment(drain.until) },
    drill: drill && { ...drill, startedAt: moment(drill.startedAt), endedAt: moment(drill.endedAt) },
  };
}

const moment = (at: number) => new Date(at).toISOString();

function proofView({ reached, startedAt, endedAt, ...proof }: NonNullable<Pair['proof']>): z.input<typeof pairSchema>['proof'] {
  const passed: Partial<Record<CanaryState, number>> = reached;
  return {
    ...proof,
    startedAt: moment(startedAt),
    endedAt: endedAt === null ? null : moment(endedAt),
    hops: hops({ reached: passed }).map(({ ms, ...hop }) => ({ ...hop, milliseconds: ms })),
  };
}
