import type { CalendarLine } from '@/lib/api/contract/lease-finder';

/**
 * The lines of a calendar that is read anew: a site's lines of before stay until all of its new ones have come, so that no row goes only to come back.
 * @param before what was read last of the same question
 * @returns what takes a line in; what gives the lines to show meanwhile; and what gives those that were told, once all were
 */
export function siteLines(before: readonly CalendarLine[]): {
  add(line: CalendarLine): void;
  shown(): CalendarLine[];
  all(): CalendarLine[];
} {
  const old = Map.groupBy(before, ({ site }) => site);
  const told = new Map<string, { lines: CalendarLine[]; whole: boolean }>();
  return {
    add(line) {
      const lines = [...(told.get(line.site)?.lines ?? []), line];
      told.set(line.site, { lines, whole: !line.more });
    },
    shown() {
      return [...new Set([...old.keys(), ...told.keys()])].flatMap((site) => {
        const now = told.get(site);
        return now?.whole ? now.lines : (old.get(site) ?? now?.lines ?? []);
      });
    },
    all: () => [...told.values()].flatMap(({ lines }) => lines),
  };
}
