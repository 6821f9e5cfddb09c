import { type HardwareSearch, searchHardware } from '@/lib/leases/find/hardware-search';
import type { Host, LeaseSite } from '@/lib/leases/types';

/** What is looked for of hosts, as somebody asks for it. */
export interface Wanted {
  /** words that must all be found */
  q?: string;
  nodeType?: readonly string[];
  architecture?: readonly string[];
  /** models of graphics cards; `none`: without, `any`: with any */
  gpu?: readonly string[];
  cpu?: readonly string[];
  rack?: readonly string[];
  other?: readonly string[];
  gpus?: number;
  memoryGiB?: number;
  threads?: number;
}

/** The same as a search through hardware. */
export function searchOf({ q, gpus, memoryGiB, threads, gpu, ...chosen }: Wanted): HardwareSearch {
  const any = gpu?.includes('any') ?? false;
  const models = any ? undefined : gpu;
  const named = Object.entries({ ...chosen, gpu: models }).filter(([, values]) => values !== undefined && values.length > 0);
  return {
    ...(q !== undefined && { text: q }),
    chosen: Object.fromEntries(named),
    ...(memoryGiB !== undefined && { memoryMiB: memoryGiB * 1024 }),
    ...(threads !== undefined && { threads }),
    ...((gpus !== undefined || any) && { gpus: Math.max(gpus ?? 0, any ? 1 : 0) }),
  };
}

/** The hosts of a site that have what is wanted. */
export function wantedHosts(site: LeaseSite, wanted: Wanted): readonly Host[] {
  const { text, chosen, ...least } = searchOf(wanted);
  if (text === undefined && Object.keys({ ...chosen, ...least }).length === 0) return site.hosts ?? [];
  const all = (site.hosts ?? []).map((host) => ({ site: site.id, host }));
  return searchHardware(all, searchOf(wanted)).hosts.map(({ host }) => host);
}
