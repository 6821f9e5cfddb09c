import { type Demand, mayHold } from '../calendar/demand';
import { pick, unitsIn } from '../calendar/windows';
import { demandOf, type View } from '../resources/demands';
import type { Host, LeaseProblem, LeaseSite, PlannedReservation, Span } from '../types';
import { say } from '../words/say';
import { problem } from './problem';

/** A reservation with what it draws on. */
export interface DemandAt {
  reservation: PlannedReservation;
  /** `reservations.0` */
  path: string;
  demand: Demand;
}

/** What the reservations of a lease draw on; those of which the site does not show it are left out. */
export function demandsOf(reservations: readonly PlannedReservation[], site: LeaseSite, view: View): DemandAt[] {
  return reservations.flatMap((reservation, index) => {
    const demand = demandOf(site, reservation, view);
    return demand ? [{ reservation, path: `reservations.${index}`, demand }] : [];
  });
}

/**
 * Whether all is free for a span, as far as the site shows it. Each that is not is named; where only all together are too much, this. What may be free
 * is not said to be short: only the site knows.
 */
export function lintShortage(demands: readonly DemandAt[], span: Span, site: LeaseSite): LeaseProblem[] {
  const known = demands.filter(({ demand }) => unitsIn(demand, span) >= demand.min || !mayHold(demand, demand.min));
  const short = known.filter(({ demand }) => unitsIn(demand, span) < demand.min);
  if (short.length > 0) return short.map((one) => notFree(one, span, site));
  if (pickHosts(known, span, site)) return [];
  return [
    problem('reservations', say('sharedShort', { site: site.name }), {
      code: 'no-host-available',
      cause: say('sameHosts'),
      remedy: say('otherTimeOrFewer'),
    }),
  ];
}

/**
 * The hosts to lease for a span: those that stay free longest.
 * @returns by the reservation's path, without those that are not of hosts; null where not all is free
 */
export function pickHosts(demands: readonly DemandAt[], span: Span, site: LeaseSite): Map<string, Host[]> | null {
  const picked = pick(
    demands.map(({ demand }) => demand),
    span,
  );
  if (!picked) return null;
  const byId = new Map((site.hosts ?? []).map((host) => [host.id, host]));
  return new Map(
    demands.flatMap(({ reservation, path }, index) =>
      reservation.kind === 'physical:host' ? [[path, (picked[index] ?? []).flatMap((id) => byId.get(id) ?? [])] as const] : [],
    ),
  );
}

function notFree({ reservation, path, demand }: DemandAt, span: Span, site: LeaseSite): LeaseProblem {
  const free = unitsIn(demand, span);
  const all = demand.from.reduce((sum, { units }) => sum + units, 0);
  const exact = reservation.kind === 'physical:host' && reservation.min !== reservation.max;
  const field = reservation.kind === 'network' ? path : `${path}.${exact ? 'min' : 'count'}`;
  return problem(field, say('short', { site: site.name, free, all, asked: demand.min }), {
    code: 'no-host-available',
    cause: say('othersHave'),
    remedy: say('elsewhere'),
  });
}
