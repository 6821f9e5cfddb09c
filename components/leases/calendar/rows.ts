/** What rows are made of: a host, or machines of a flavor, at a site. */
export interface Line {
  /** of all sites */
  key: string;
  site: string;
  /** node type; '' where there is none */
  kind: string;
  /** machines of a flavor, and no host */
  flavor: boolean;
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

/** By what kinds are told apart: two sites may have one of the same name, and flavors are none among hosts that have no type. */
export const kindKey = ({ site, kind, flavor }: Line): string => `${site}\n${flavor ? '\n' : kind}`;

/** By what a row is known wherever it stands. */
export const rowKey = <T extends Line>(row: Row<T>): string => (row.head ? row.key : row.line.key);

/** The lines that rows stand for: a name of a kind stands for none of its own. */
export function linesIn<T extends Line>(rows: readonly Row<T>[], chosen: readonly number[]): T[] {
  return chosen.flatMap((index) => {
    const row = rows[index];
    return !row || row.head ? [] : [row.line];
  });
}
