import type { Preset } from '@/lib/leases/time/presets';
import { isAhead } from '@/lib/leases/time/presets';
import type { Moment } from '@/lib/leases/types';
import { readIso } from '../link-time';

/** What somebody looks for, as it stands in the address of the page. */
export interface Wish {
  /** words that must all be found */
  q: string;
  nodeType: string;
  gpu: string;
  architecture: string;
  /** at least so many graphics cards */
  gpus: number;
  /** at least */
  memoryGiB: number;
  site: string;
  /** machines of a flavor instead of hosts: its name, or `any` */
  flavor: string;
  count: number;
  hours: number;
  when: When;
  /** ISO 8601, where `when` is `between` */
  from: string;
  to: string;
}

export const presets = ['next-slot', 'now', 'tonight', 'tomorrow'] as const;
const whens = [...presets, 'between'] as const;
export type When = (typeof whens)[number];

export const [leastHours, mostHours] = [0.25, 24 * 200] as const;

/** Reads a wish from an address; what is no number, or none that makes sense, stands at its default. */
export function readWish(get: (name: string) => string): Wish {
  const number = (name: string, least: number, most: number, otherwise: number) => {
    const value = Number(get(name));
    return get(name) !== '' && value >= least && value <= most ? value : otherwise;
  };
  return {
    q: get('q').slice(0, 200),
    nodeType: get('type'),
    gpu: get('gpu'),
    architecture: get('arch'),
    gpus: Math.round(number('gpus', 0, 64, 0)),
    memoryGiB: number('memory', 0, 65_536, 0),
    site: get('site'),
    flavor: get('flavor'),
    count: Math.round(number('count', 1, 500, 1)),
    hours: number('hours', leastHours, mostHours, 6),
    when: whens.find((each) => each === get('when')) ?? 'next-slot',
    from: readIso(get('from')),
    to: readIso(get('to')),
  };
}

/** The same as it is meant by now: when tonight has begun, tonight is now. */
export const wishNow = (wish: Wish, now: Moment, zone: string): Wish =>
  isPreset(wish.when) && !isAhead(wish.when, now, zone) ? { ...wish, when: 'now' } : wish;

const isPreset = (when: When): when is Preset => when !== 'between';

/** What of a wish chooses hardware: a query of the API. */
export function hardwareQuery({
  q,
  nodeType,
  gpu,
  architecture,
  gpus,
  memoryGiB,
  site,
}: Wish): Record<string, string | number | undefined> {
  return {
    q: q.trim() || undefined,
    nodeType: nodeType || undefined,
    gpu: gpu || undefined,
    architecture: architecture || undefined,
    gpus: gpus || undefined,
    memoryGiB: memoryGiB || undefined,
    site: site || undefined,
  };
}

/** The whole of a wish as a query of the API, for the clocks of a zone. */
export function windowsQuery(wish: Wish, zone: string): Record<string, string | number | undefined> {
  const { flavor, count, hours, when, from, to } = wish;
  const time = when === 'between' ? { from: from || undefined, to: to || undefined } : { preset: when };
  return { ...hardwareQuery(wish), flavor: flavor || undefined, count, hours, zone, ...time };
}
