import type { Lease, Moment } from '../types';

/** What became of a lease between two looks at it. */
export type Noticed =
  | { what: 'made' | 'began' | 'ended' | 'gone' | 'broke' | 'recovered' | 'degraded' }
  | { what: 'renamed'; from: string; to: string }
  | { what: 'moved' | 'extended' | 'shortened'; from: Moment; to: Moment }
  | { what: 'hosts'; added: string[]; removed: string[] };

/**
 * Compares what was known of a lease with what is there now. Its status tells how it stands: Blazar can give a lease that is over a new end.
 * @param before null: it was not known
 * @param after null: it is not there any more
 */
export function noticed(before: Lease | null, after: Lease | null): Noticed[] {
  if (!after) return before ? [{ what: 'gone' }] : [];
  if (!before) return [{ what: 'made' }, ...standing(undefined, after.status)];
  return [
    ...standing(before.status, after.status),
    ...times(before, after),
    ...hosts(before, after),
    ...(after.degraded && !before.degraded ? [{ what: 'degraded' as const }] : []),
  ];
}

function standing(before: string | undefined, after: string): Noticed[] {
  if (before === after) return [];
  if (after === 'TERMINATED') return [{ what: 'ended' }];
  if (after === 'ERROR') return [{ what: 'broke' }];
  if (before === 'ERROR' && (after === 'ACTIVE' || after === 'PENDING')) return [{ what: 'recovered' }];
  // a change leads through UPDATING and back
  return after === 'ACTIVE' && before !== 'UPDATING' ? [{ what: 'began' }] : [];
}

function times(before: Lease, after: Lease): Noticed[] {
  const found: Noticed[] = [];
  if (before.name !== after.name) found.push({ what: 'renamed', from: before.name, to: after.name });
  if (before.start !== after.start) found.push({ what: 'moved', from: before.start, to: after.start });
  if (before.end !== after.end && after.status !== 'TERMINATED')
    found.push({ what: after.end > before.end ? 'extended' : 'shortened', from: before.end, to: after.end });
  return found;
}

function hosts(before: Lease, after: Lease): Noticed[] {
  if (!before.hosts || !after.hosts || after.status === 'TERMINATED') return [];
  const added = after.hosts.filter((id) => !before.hosts?.includes(id));
  const removed = before.hosts.filter((id) => !after.hosts?.includes(id));
  return added.length + removed.length > 0 ? [{ what: 'hosts', added, removed }] : [];
}
