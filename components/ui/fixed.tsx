import { createElement, Fragment, type ReactNode } from 'react';

/** Draws a list whose order never changes, such as the cells of a row: React knows each by its place. */
export function Fixed<Item>({ items, children }: { items: readonly Item[]; children: (item: Item) => ReactNode }) {
  return createElement(Fragment, null, ...items.map((item) => children(item)));
}

/** The numbers from 0, for a {@link Fixed} list of things that are all alike. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
