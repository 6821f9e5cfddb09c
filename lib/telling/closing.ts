import { DAY, HOUR } from '@/lib/leases/calendar/moments';
import type { Moment } from '@/lib/leases/types';
import type { Telling } from './types';

/** A deployment that has an end of its own. */
interface Closing {
  id: string;
  /** when it was made */
  since: Moment;
  end: Moment;
}

const reminders = [
  { what: 'closes-2h', left: 2 * HOUR },
  { what: 'closes-24h', left: DAY },
] as const satisfies { what: Telling; left: number }[];

/**
 * What is to be told of a deployment's own end now, and by what key it is known: the nearest of the reminders whose time has come, of one that was made some
 * time before that. Pure. With another end all are told again.
 */
export function closingOf({ id, since, end }: Closing, now: Moment): { what: Telling; key: string } | undefined {
  if (end <= now) return undefined;
  const due = reminders.find(({ left }) => end - now <= left);
  if (!due || end - since < due.left + HOUR) return undefined;
  return { what: due.what, key: `deployment/${id}/${new Date(end).toISOString()}/${due.what}` };
}
