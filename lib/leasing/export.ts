import { AppError } from '@/lib/core/errors';
import type { Visitor } from '@/lib/desk/types';
import type { BlazarRequest, BlazarReservation } from '@/lib/leases/blazar/requests';
import { leaseOf } from '@/lib/leases/blazar/translate';
import { floorMinute } from '@/lib/leases/calendar/moments';
import { createCommand } from '@/lib/leases/export/blazar-command';
import { type CalendarLanguage, calendarOf } from '@/lib/leases/export/ics';
import { pythonSnippet } from '@/lib/leases/export/python-chi';
import type { Lease, Moment, Reservation } from '@/lib/leases/types';
import { needLease } from './look';
import type { LeasingPorts } from './ports';
import { toldIn } from './view';

type ExportFormat = 'ics' | 'cli' | 'python-chi';

export interface Exported {
  text: string;
  type: string;
  /** of the file */
  name: string;
}

interface Wanted {
  as: ExportFormat;
  /** of the reminder in a calendar */
  language: CalendarLanguage;
}

/**
 * A lease for other programs, as its site told it last.
 * @throws AppError `not-found`; `conflict` while it is being made
 */
export async function exportLease(services: LeasingPorts, person: Visitor, id: string, { as, language }: Wanted): Promise<Exported> {
  const row = await needLease(services, person, id);
  const told = toldIn(row);
  if (!told) throw new AppError({ code: 'conflict', title: 'The lease is still being made', remedy: 'Try again in a moment.' });
  const site = await services.sites.find(person.id, row.site);
  const lease = leaseOf(told, null);
  const now = services.clock.now().getTime();
  const where = { id: row.site, name: site?.name ?? row.site };
  const file = row.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60) || 'lease';
  switch (as) {
    case 'ics':
      return {
        text: calendarOf([{ lease, site: where }], { now, name: row.name, language }),
        type: 'text/calendar; charset=utf-8',
        name: `${file}.ics`,
      };
    case 'cli':
      return { text: `${createCommand(requestIn(lease, now))}\n`, type: 'text/plain; charset=utf-8', name: `${file}.sh` };
    default:
      return {
        text: pythonSnippet(requestIn(lease, now), { site: site?.region ?? where.name }),
        type: 'text/x-python; charset=utf-8',
        name: `${file}.py`,
      };
  }
}

/** A lease that is there as it would be asked for: the rest of one that has begun, from now on; of one that is over, as long a one. */
export function requestIn({ name, start, end, reservations }: Lease, now: Moment): BlazarRequest {
  const left = { start: start > now ? start : ('now' as const), end: end > now ? end : floorMinute(now) + (end - start) };
  return { name, ...left, reservations: reservations.flatMap(askedAs) };
}

function askedAs({ kind, min, max, count, where = [], flavor, size, network, name }: Reservation): BlazarReservation[] {
  switch (kind) {
    case 'physical:host':
      return [{ kind, min: min ?? 1, max: max ?? min ?? 1, where: [...where] }];
    case 'flavor:instance':
      return flavor === undefined ? [] : [{ kind, flavorId: flavor, amount: count ?? 1 }];
    case 'virtual:instance':
      return size ? [{ kind, amount: count ?? 1, ...size }] : [];
    case 'virtual:floatingip':
      return network === undefined ? [] : [{ kind, networkId: network, amount: count ?? 1 }];
    case 'network':
      return [{ kind, name: name ?? '', where: [...where] }];
    default:
      return [];
  }
}
