import { Fragment, type ReactNode } from 'react';

/** Draws a list whose order never changes, such as the cells of a row: the places in it are the keys. */
export function Fixed<Item>({ items, children }: { items: readonly Item[]; children: (item: Item) => ReactNode }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return items.map((item, place) => <Fragment key={place}>{children(item)}</Fragment>);
}

/** The numbers from 0, for a {@link Fixed} list of things that are all alike. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
