import type { KeptBreaker as Breaker } from '@/lib/store/rows/peer';

/** How often a cluster that takes work of others is looked at, and how soon again where it has just not answered. */
export const BEAT_S = 15;
const AGAIN_S = 5;
/** Once may be a hiccup: OSCAR's manager starts again within seconds. */
const BAD_BEFORE_OPEN = 2;
const GOOD_BEFORE_CLOSED = 2;
const MOST_GOOD = 8;
/** What opens again within that time flaps, and has to answer for longer before it is trusted. */
const PEACE_MS = 10 * 60_000;

/** A cluster that nobody has looked at yet. */
export const newBreaker = (at: number): Breaker => ({
  state: 'watching',
  since: at,
  bad: 0,
  good: 0,
  trips: 0,
  closedAt: null,
  answeredAt: null,
});

/** Whether nothing is to be handed on to it: the origin's manager ends where a member of a service does not answer. Pure. */
export const isOut = ({ state }: Pick<Breaker, 'state'>): boolean => state === 'open' || state === 'half-open';

/** The breaker after one more look. Pure. @param answers whether the cluster did */
export function looked(breaker: Breaker, answers: boolean, at: number): Breaker {
  const next = answers ? afterAnswer(breaker, at) : afterSilence(breaker, at);
  return { ...next, since: next.state === breaker.state ? breaker.since : at };
}

/** Seconds until the next look. Pure. */
export const nextLook = ({ state }: Pick<Breaker, 'state'>): number => (state === 'failing' ? AGAIN_S : BEAT_S);

function afterAnswer(breaker: Breaker, at: number): Breaker {
  const seen = { ...breaker, bad: 0, answeredAt: at };
  if (!isOut(breaker)) return { ...seen, state: 'closed', good: 0 };
  const good = breaker.good + 1;
  return good < wantedGood(breaker) ? { ...seen, state: 'half-open', good } : { ...seen, state: 'closed', good: 0, closedAt: at };
}

function afterSilence(breaker: Breaker, at: number): Breaker {
  const bad = breaker.bad + 1;
  if (isOut(breaker)) return { ...breaker, state: 'open', good: 0, bad };
  if (bad < BAD_BEFORE_OPEN) return { ...breaker, state: 'failing', bad };
  const flaps = breaker.closedAt !== null && at - breaker.closedAt < PEACE_MS;
  return { ...breaker, state: 'open', bad, trips: flaps ? breaker.trips + 1 : 1 };
}

const wantedGood = ({ trips }: Breaker) => Math.min(GOOD_BEFORE_CLOSED * 2 ** (trips - 1), MOST_GOOD);
