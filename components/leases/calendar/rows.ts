/** What rows are made of: a host, or machines of a flavor, at a site. */
export interface Line {
  /** of all sites */
  key: string;
  site: string;
  /** node type; '' where there is none */
  kind: string;
}

/** A row of the calendar: the name of a kind with all of it, or one of it. */
export type Row<T extends Line> = { head: true; key: string; site: string; kind: string; lines: readonly T[] } | { head: false; line: T };

/**
 * The rows of a calendar: kind by kind, each below its name.
 * @param lines in the order of their sites
 * @param closed keys of the kinds of which only the name is shown
 */
export function rowsOf<T extends Line>(lines: readonly T[], closed: ReadonlySet<string>): Row<T>[] {
  const kinds = Map.groupBy(lines, kindKey);
  return [...kinds].flatMap(([key, all]): Row<T>[] => {
    const [first] = all;
    if (!first) return [];
    const head: Row<T> = { head: true, key, site: first.site, kind: first.kind, lines: all };
    return closed.has(key) ? [head] : [head, ...all.map((line): Row<T> => ({ head: false, line }))];
  });
}

/** By what kinds are told apart: two sites may have one of the same name. */
export const kindKey = ({ site, kind }: Line): string => `${site}\n${kind}`;

/** The lines that rows from one to another stand for: a name of a kind stands for none of its own. */
export function linesIn<T extends Line>(rows: readonly Row<T>[], first: number, last: number): T[] {
  return rows.slice(first, last + 1).flatMap((row) => (row.head ? [] : [row.line]));
}
