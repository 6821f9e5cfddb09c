const MIB = 1024 * 1024;
const LEAST_PART = 8 * MIB;
const MOST_PARTS = 10_000;

/** One part of a large file: its number from 1, and which bytes it has (the end is not one of them). */
export interface Part {
  number: number;
  start: number;
  end: number;
}

/** A part that the storage has already. */
export interface StoredPart {
  number: number;
  size: number;
  etag: string;
}

/** From this size on, a file goes up in parts. */
export const LARGE_BYTES = 16 * MIB;

/** How a file of a size is cut: always the same way, so that an upload can be gone on with. S3 takes 10,000 parts, each but the last of at least 5 MiB. */
export function partsOf(size: number): Part[] {
  const needed = Math.ceil(size / MOST_PARTS / MIB) * MIB;
  const each = Math.max(LEAST_PART, needed);
  const count = Math.max(1, Math.ceil(size / each));
  return Array.from({ length: count }, (_none, index) => ({
    number: index + 1,
    start: index * each,
    end: Math.min((index + 1) * each, size),
  }));
}

/** Which parts are still to be sent, when some are there: what has another size than it should is sent again. */
export function missingParts(parts: Part[], stored: StoredPart[]): Part[] {
  const there = new Map(stored.map(({ number, size }) => [number, size]));
  return parts.filter(({ number, start, end }) => there.get(number) !== end - start);
}
