import { presetSearch } from '@/lib/leases/time/presets';
import type { Moment } from '@/lib/leases/types';

/** When a lease begins that is to begin tonight or tomorrow morning, by the clocks of a zone. */
export function presetStart(preset: 'tonight' | 'tomorrow', now: Moment, zone: string): string {
  return new Date(presetSearch(preset, 0, now, zone)?.from ?? now).toISOString();
}
