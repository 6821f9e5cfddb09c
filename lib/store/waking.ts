/** Which entries a place takes: `first` ones are a person's first few, see {@link Places}. */
export type Takes = 'any' | 'first' | 'others';

/** A place at which one entry at a time is worked on. */
export interface Seat {
  id: string;
  takes: Takes;
}

/** How many entries are due, by what they are. */
export interface Due {
  first: number;
  others: number;
}

/** Which of the idle places are to be woken: one for each entry that is due, those that take nothing else before those that take whichever. Pure. */
export function whomToWake({ first, others }: Due, idle: readonly Seat[]): Seat[] {
  const own = (takes: Takes, count: number) => idle.filter((seat) => seat.takes === takes).slice(0, count);
  const woken = [...own('first', first), ...own('others', others)];
  return [...woken, ...own('any', first + others - woken.length)];
}
