import { soonestStart } from '@/lib/leases/calendar/moments';
import { type Preset, presetSearch } from '@/lib/leases/time/presets';
import type { Moment } from '@/lib/leases/types';

/** When a lease begins that is to begin tonight or tomorrow morning, by the clocks of a zone. */
export function presetStart(preset: 'tonight' | 'tomorrow', now: Moment, zone: string): string {
  return new Date(presetSearch(preset, 0, now, zone)?.from ?? now).toISOString();
}

/** Whether a preset still means what it says: at 20:00 tonight begins, and after it would be nothing else than now. */
export function isAhead(preset: Preset, now: Moment, zone: string): boolean {
  if (preset === 'now' || preset === 'next-slot') return true;
  return (presetSearch(preset, 0, now, zone)?.from ?? now) > soonestStart(now);
}
