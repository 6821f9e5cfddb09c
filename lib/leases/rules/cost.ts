import type { LeasePrices } from '@/lib/sites/types';
import { HOUR } from '../calendar/moments';
import { hardwareOf } from '../resources/hardware';
import { numberOf } from '../resources/match';
import { fitsPattern } from '../resources/names';
import type { Host, NetworkReservation, PlannedReservation, Span } from '../types';

/** What a lease costs, in a site's own unit. */
export interface Cost {
  unit: string;
  perHour: number;
  total: number;
}

/** An hour of one host: what it says itself (`su_factor`), else by the site's table; null where neither does. */
export function hostPrice(host: Host, prices: LeasePrices): number | null {
  const told = numberOf(host.properties.su_factor ?? '');
  if (told !== undefined && told >= 0) return told;
  const { gpu } = hardwareOf(host);
  const row = prices.hosts?.find(
    (one) =>
      (one.nodeType === undefined || fitsPattern(one.nodeType, host.nodeType)) &&
      (one.gpu === undefined || (gpu?.model !== undefined && fitsPattern(one.gpu, gpu.model))),
  );
  if (!row) return null;
  return row.perGpu === undefined ? (row.perHour ?? null) : row.perGpu * (gpu?.count ?? 0);
}

/** An hour of one machine of a flavor; null where the site tells none. */
export function flavorPrice(name: string, prices: LeasePrices): number | null {
  return prices.flavors?.find(({ flavor }) => fitsPattern(flavor, name))?.perHour ?? null;
}

/**
 * What a reservation costs an hour.
 * @param chosen the prices of the hosts that it gets, and the name of the flavor; where they are not known yet, of hosts that it may get: the dearest of
 *   them count
 * @returns null where a price is not known
 */
export function reservationPrice(
  reservation: PlannedReservation,
  chosen: { hosts?: readonly (number | null)[]; flavor?: string },
  prices: LeasePrices,
): number | null {
  switch (reservation.kind) {
    case 'physical:host': {
      const each = chosen.hosts ?? [];
      const known = each.filter((price) => price !== null).sort((a, b) => b - a);
      const enough = each.length >= reservation.min && known.length === each.length;
      return enough ? sum(known.slice(0, reservation.max)) : null;
    }
    case 'flavor:instance': {
      const price = chosen.flavor === undefined ? null : flavorPrice(chosen.flavor, prices);
      return price === null ? null : price * reservation.count;
    }
    case 'virtual:floatingip':
      return prices.floatingIp === undefined ? null : prices.floatingIp * reservation.count;
    case 'network':
      return (isStitchable(reservation) ? prices.stitchableNetwork : prices.network) ?? null;
    default:
      return null;
  }
}

/** The whole of a lease, as a site counts it when the lease is made; null where something in it has no price that is known. */
export function costOf(perHour: readonly (number | null)[], { start, end }: Span, { unit }: LeasePrices): Cost | null {
  if (perHour.some((price) => price === null)) return null;
  const each = sum(perHour.map((price) => price ?? 0));
  return { unit, perHour: tidy(each), total: tidy((each * Math.max(0, end - start)) / HOUR) };
}

const isStitchable = ({ properties = [] }: NetworkReservation): boolean =>
  properties.some(({ name, op, value }) => name === 'stitch_provider' && !(op === '=' && value === 'none'));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

// 0.1 + 0.2 is not what people expect to read
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
