import { DAY, HOUR, MINUTE } from '../calendar/moments';
import { inNameOrder } from '../resources/names';

/** `1 host`, `2 hosts`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `7 days`, `7 days 2 hours`, `45 minutes`. */
export function lengthWords(ms: number): string {
  const [days, rest] = [Math.floor(ms / DAY), ms % DAY];
  const [hours, minutes] = [Math.floor(rest / HOUR), Math.floor((rest % HOUR) / MINUTE)];
  const parts = [
    ...(days > 0 ? [counted(days, 'day')] : []),
    ...(hours > 0 ? [counted(hours, 'hour')] : []),
    ...(minutes > 0 || ms < MINUTE ? [counted(minutes, 'minute')] : []),
  ];
  return parts.slice(0, 2).join(' ');
}

/** The first few of many names, in words. */
export function listWords(names: Iterable<string>): string {
  const all = [...new Set(names)].sort(inNameOrder);
  const rest = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  return `${all.slice(0, MOST_NAMED).join(', ')}${rest}`;
}

const MOST_NAMED = 12;
