import { stableHex, stableUuid } from '../cloud/world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Their calendar is made in blocks of this length, each by itself. */
const BLOCK_MS = 14 * DAY_MS;
/** Nobody books earlier than so long before. */
const AHEAD_MS = 35 * DAY_MS;
/** hours that people take, and how often of ten times */
const lengths: [hours: number, of10: number][] = [
  [6, 2],
  [24, 3],
  [72, 3],
  [168, 2],
];

/** A lease of somebody else's: what one sees of it is when it holds what. */
export interface OtherLease {
  id: string;
  reservationId: string;
  projectId: string;
  start: number;
  end: number;
  /** when it was made: before that nobody sees it */
  madeAt: number;
}

/**
 * Other people's leases of one thing around a moment: the same for the same seed at the same moment, in no need of being kept. They are made from a few
 * hours to five weeks ahead, so that the next days are full and the next weeks less so.
 * @param seed names the thing
 * @param busy how much of the time it is taken in the end, from 0 to 1
 * @returns those that were made by then and have not ended
 */
export function othersOf(seed: string, busy: number, now: number): OtherLease[] {
  // each thing's blocks begin at another time, so that there is no day on which all are free
  const shift = Math.floor(randomFrom(seed)() * (BLOCK_MS / HOUR_MS)) * HOUR_MS;
  const first = Math.floor((now - 7 * DAY_MS - shift) / BLOCK_MS);
  const last = Math.floor((now + AHEAD_MS - shift) / BLOCK_MS);
  const blocks = Array.from({ length: last - first + 1 }, (_, index) => blockOf(seed, busy, shift, first + index));
  return blocks.flat().filter(({ end, madeAt }) => madeAt <= now && end > now);
}

const MOST_BLOCKS = 20_000;
const blocks = new Map<string, OtherLease[]>();

function blockOf(seed: string, busy: number, shift: number, number: number): OtherLease[] {
  const key = `${seed}/${busy}/${number}`;
  const known = blocks.get(key);
  if (known) return known;
  const made = makeBlock(`${seed}/${number}`, busy, number * BLOCK_MS + shift);
  if (blocks.size >= MOST_BLOCKS) blocks.clear();
  blocks.set(key, made);
  return made;
}

function makeBlock(seed: string, busy: number, begin: number): OtherLease[] {
  const random = randomFrom(seed);
  const made: OtherLease[] = [];
  for (let at = begin + Math.floor(random() * 24) * HOUR_MS; at < begin + BLOCK_MS; ) {
    const hours = lengthFor(random());
    const start = at;
    const end = Math.min(start + hours * HOUR_MS, begin + BLOCK_MS);
    // what is free after it, so that the whole is as busy as it should be
    const free = (hours * (1 - busy)) / Math.max(busy, 0.05);
    at = end + Math.ceil(free * (0.25 + random() * 1.5)) * HOUR_MS;
    const id = stableUuid(`${seed}/${start}`);
    const lead = random() ** 1.5 * AHEAD_MS;
    made.push({
      id,
      reservationId: stableUuid(`${id}/reservation`),
      projectId: stableHex(`project/${Math.floor(random() * 40)}`),
      start,
      end,
      madeAt: start - lead,
    });
  }
  return made;
}

function lengthFor(random: number): number {
  let left = random * 10;
  for (const [hours, of10] of lengths) {
    left -= of10;
    if (left < 0) return hours;
  }
  return 24;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32, which is small and even enough for a calendar). */
function randomFrom(seed: string): () => number {
  let state = Number.parseInt(stableHex(seed).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
