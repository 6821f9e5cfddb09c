import { z } from 'zod';
import type { FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { readTime } from '@/lib/leases/time/local-time';
import { isZone } from '@/lib/leases/time/zones';
import type { LeaseChange, Moment, PlannedReservation } from '@/lib/leases/types';
import type { LeaseWish } from '@/lib/leasing/make';
import type { reservationSchema } from '../contract/lease-parts';
import type { newLeaseSchema, patchLeaseSchema } from '../contract/leases';

/** As programs write times: to the second, and with an offset. */
const exact = z.iso.datetime({ offset: true, local: false });
/** A time without an offset says nothing without a zone, and none is guessed. */
const withOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads times that somebody sent.
 * @param zone IANA name, for those without an offset
 * @throws AppError `invalid-input` naming each that can't be read, and the zone where there is none of its name
 */
export function readTimes<Name extends string>(
  texts: Partial<Record<Name, string>>,
  zone: string | undefined,
): Partial<Record<Name, Moment>> {
  if (zone !== undefined && !isZone(zone))
    throw invalidInput([{ path: 'zone', message: `There is no time zone “${zone}”. Give a name such as Europe/Madrid.` }]);
  const found: Partial<Record<Name, Moment>> = {};
  const wrong: FieldProblem[] = [];
  for (const name in texts) {
    const text = texts[name];
    if (text === undefined) continue;
    if (exact.safeParse(text).success) {
      found[name] = Date.parse(text);
      continue;
    }
    const read = zone === undefined && isLocal(text) ? null : readTime(text, zone ?? 'UTC', { time: name, zone: 'zone' });
    if (typeof read === 'number') found[name] = read;
    else wrong.push({ path: name, message: read ? [read.detail, read.remedy].filter(Boolean).join(' ') : noZone });
  }
  if (wrong.length > 0) throw invalidInput(wrong);
  return found;
}

const isLocal = (text: string): boolean => /^\s*\d{4}-\d{2}-\d{2}[T ]/.test(text) && !withOffset.test(text.trim());
const noZone = 'This time has no offset. Add one, as in 2026-11-22T14:00Z, or name the zone that it is in.';

/** A lease that somebody asks for. @throws AppError as {@link readTimes} */
export function wishOf({ site, project, credential, name, reservations, zone, ...times }: z.output<typeof newLeaseSchema>): LeaseWish {
  const { start, end, extendUntil } = times;
  const read = readTimes({ ...(start !== 'now' && { start }), end, ...(extendUntil !== undefined && { extendUntil }) }, zone);
  return {
    site,
    ...(project !== undefined && { project }),
    ...(credential !== undefined && { credential }),
    ...(zone !== undefined && { zone }),
    ...(read.extendUntil !== undefined && { extendUntil: read.extendUntil }),
    plan: {
      name,
      start: start === 'now' ? 'now' : (read.start ?? Number.NaN),
      end: read.end ?? Number.NaN,
      reservations: reservations.map(plannedOf),
    },
  };
}

/** A change of a lease. @throws AppError as {@link readTimes} */
export function changeOf({ name, start, end, zone, counts }: z.output<typeof patchLeaseSchema>): LeaseChange {
  const read = readTimes({ ...(start !== undefined && start !== 'now' && { start }), ...(end !== undefined && { end }) }, zone);
  return {
    ...(name !== undefined && { name }),
    ...(start !== undefined && { start: start === 'now' ? 'now' : (read.start ?? Number.NaN) }),
    ...(read.end !== undefined && { end: read.end }),
    ...(counts && { counts }),
  };
}

// Of hosts one says how many, or from how many to how many, or which.
function plannedOf(body: z.output<typeof reservationSchema>): PlannedReservation {
  if (body.kind !== 'physical:host') return body;
  const { count, min, max, ...rest } = body;
  const many = count ?? rest.hosts?.length ?? 1;
  return { ...rest, min: min ?? (max === undefined ? many : Math.min(many, max)), max: max ?? min ?? many };
}
