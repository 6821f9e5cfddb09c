/** Bytes of each unit of `scalar-unit.size` (TOSCA Simple Profile 1.3, 3.3.6.4). */
const sizeUnits = {
  B: 1,
  kB: 1e3,
  KiB: 2 ** 10,
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
  TB: 1e12,
  TiB: 2 ** 40,
} as const;
export type SizeUnit = keyof typeof sizeUnits;

/** A size as a person wrote it, with what it amounts to. */
export interface Size {
  bytes: number;
  /** in the standard's writing: `4 GiB` */
  text: string;
}

const units = new Map(Object.keys(sizeUnits).map((unit) => [unit.toLowerCase(), unit as SizeUnit]));
const pattern = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]{1,3})\s*$/i;

/**
 * Reads a `scalar-unit.size`: `4 GiB`, `512MB`. Letters may be of either case, as the standard allows.
 * @returns undefined where it is none
 */
export function parseSize(text: unknown): Size | undefined {
  if (typeof text !== 'string') return undefined;
  const match = pattern.exec(text);
  const unit = units.get(match?.[2]?.toLowerCase() ?? '');
  if (!match || !unit) return undefined;
  const amount = Number(match[1]);
  return { bytes: Math.round(amount * sizeUnits[unit]), text: `${amount} ${unit}` };
}

/** Bytes in whole units, rounded up: a disk must hold at least what was asked for. */
export function inUnits(bytes: number, unit: SizeUnit): number {
  return Math.ceil(bytes / sizeUnits[unit]);
}

/** The units in which sizes can be given, smallest first. */
export const sizeUnitNames = [...units.values()];
