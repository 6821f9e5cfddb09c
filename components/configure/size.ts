export const sizeUnits = ['MiB', 'GiB', 'TiB', 'MB', 'GB', 'TB'] as const;

const factors: Record<string, number> = {
  b: 1,
  kb: 1e3,
  kib: 1024,
  mb: 1e6,
  mib: 1024 ** 2,
  gb: 1e9,
  gib: 1024 ** 3,
  tb: 1e12,
  tib: 1024 ** 4,
};

/** Bytes of a TOSCA size (`20 GiB`); null for what is none. */
export function bytesOf(size: unknown): number | null {
  const { amount, unit } = splitSize(String(size));
  const factor = factors[unit.toLowerCase()];
  return amount === '' || factor === undefined || !Number.isFinite(Number(amount)) ? null : Number(amount) * factor;
}

/** Number and unit of a size as typed; `GiB` where there is no unit yet. */
export function splitSize(size: string): { amount: string; unit: string } {
  const match = /^\s*(-?[\d.]*)\s*([A-Za-z]*)\s*$/.exec(size);
  return { amount: match?.[1] ?? size, unit: match?.[2] || 'GiB' };
}
