export const sizeUnits = ['MiB', 'GiB', 'TiB', 'MB', 'GB', 'TB'] as const;

/** Number and unit of a size as typed; `GiB` where there is no unit yet. */
export function splitSize(size: string): { amount: string; unit: string } {
  const match = /^\s*(-?[\d.]*)\s*([A-Za-z]*)\s*$/.exec(size);
  return { amount: match?.[1] ?? size, unit: match?.[2] || 'GiB' };
}
