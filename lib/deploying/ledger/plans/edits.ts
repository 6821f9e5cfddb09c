import { isDeepStrictEqual } from 'node:util';
import type { PlannedResource } from '@/lib/planning/types';
import { kindOf } from '../../kinds';
import type { Resource } from '../ledger';

/** What of the ledger's rows has to be another for a plan. The loop does the rest. */
export type Edit =
  | { do: 'insert'; planned: PlannedResource }
  /** its row tells of one that is gone: it is made as if there had never been one */
  | { do: 'revive'; planned: PlannedResource }
  /** it was to go, and is wanted after all */
  | { do: 'keep'; key: string; planned: PlannedResource }
  | { do: 'change'; key: string; planned: PlannedResource }
  | { do: 'drop'; key: string };

type Row = Pick<Resource, 'key' | 'wanted' | 'phase' | 'spec' | 'depends_on' | 'summary'>;

/** What makes a ledger's resources those of a plan. Pure; a ledger that has them needs nothing. */
export function editsOf(rows: readonly Row[], planned: readonly PlannedResource[]): Edit[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const wanted = new Set(planned.map(({ key }) => key));
  const made = planned.flatMap((plan): Edit[] => {
    const row = known.get(plan.key);
    if (!row) return [{ do: 'insert', planned: plan }];
    if (row.wanted === 'absent' && row.phase === 'gone') return [{ do: 'revive', planned: plan }];
    const each = inPlaceOf(row, plan);
    if (row.wanted === 'absent') return [{ do: 'keep', key: row.key, planned: each }];
    return isAsPlanned(row, each) ? [] : [{ do: 'change', key: row.key, planned: each }];
  });
  const dropped = rows.filter(({ key, wanted: is, phase }) => !wanted.has(key) && is === 'present' && phase !== 'gone');
  return [...made, ...dropped.map(({ key }): Edit => ({ do: 'drop', key }))];
}

function inPlaceOf({ spec }: Row, planned: PlannedResource): PlannedResource {
  const { kind } = planned.spec;
  return spec.kind === kind ? { ...planned, spec: kindOf(kind).inPlaceOf?.(spec, planned.spec) ?? planned.spec } : planned;
}

function isAsPlanned({ spec, depends_on, summary }: Row, planned: PlannedResource): boolean {
  return isDeepStrictEqual(spec, planned.spec) && isDeepStrictEqual(depends_on, planned.dependsOn) && summary === planned.summary;
}
