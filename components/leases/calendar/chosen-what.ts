import type { Span } from '@/lib/leases/types';
import { freeIn } from './free-over-time';
import type { CalendarEntry } from './lines';
import { isRead } from './read-times';
import { linesIn, type Row } from './rows';

/** What a choice in the calendar asks for. */
export type ChosenWhat =
  /** any of a kind; so many are free then */
  | { is: 'kind'; site: string; kind: string; free: number; total: number }
  | { is: 'hosts'; site: string; kind: string; hosts: CalendarEntry[]; taken: CalendarEntry[] }
  /** machines of a flavor; null where it is not known how many are free */
  | { is: 'flavor'; site: string; flavor: CalendarEntry; free: number | null }
  /** hosts of several sites, which no lease can hold */
  | { is: 'sites' }
  /** a flavor beside hosts or beside others, which are reserved one by one */
  | { is: 'mixed' }
  /** what is taken then has not been read */
  | { is: 'unread' }
  | { is: 'nothing' };

/** @param chosen which of the rows */
export function chosenWhat(rows: readonly Row<CalendarEntry>[], chosen: readonly number[], span: Span): ChosenWhat {
  const hosts = linesIn(rows, chosen);
  const [one] = hosts;
  const [first = -1] = chosen;
  const head = rows[first];
  const meant = one ? hosts : head?.head ? head.lines : [];
  if (meant.some((each) => !isRead(each, span))) return { is: 'unread' };
  if (!one) {
    if (!head?.head || head.lines[0]?.flavor) return { is: 'nothing' };
    const able = head.lines.filter(({ reservable }) => reservable);
    const free = freeIn(
      able.map(({ busy }) => busy),
      span,
    );
    return { is: 'kind', site: head.site, kind: head.kind, free, total: head.lines.length };
  }
  if (hosts.length > 1 && hosts.some(({ flavor }) => flavor)) return { is: 'mixed' };
  if (one.flavor) return { is: 'flavor', site: one.site, flavor: one, free: roomIn(one, span) };
  if (hosts.some(({ site }) => site !== one.site)) return { is: 'sites' };
  const taken = hosts.filter(({ busy, reservable }) => !reservable || freeIn([busy], span) === 0);
  const kind = hosts.every((host) => host.kind === one.kind) ? one.kind : '';
  return { is: 'hosts', site: one.site, kind, hosts, taken };
}

/** How many machines of a flavor are free in all of a span. */
function roomIn({ room }: CalendarEntry, { start, end }: Span): number | null {
  if (!room) return null;
  const before = room.findLast(({ at }) => at <= start);
  const within = room.filter(({ at }) => at > start && at < end);
  const all = [...(before ? [before] : []), ...within].map(({ free }) => free);
  return all.length > 0 ? Math.min(...all) : null;
}
