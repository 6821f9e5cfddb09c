/** One thing that was measured. */
export interface Figure {
  /** what it is of: `planning`, `lists` … */
  about: string;
  name: string;
  value: number;
  unit: 'ms' | '×' | '%' | 'KiB' | 'points' | 'calls';
  /** what it is compared with in the same run */
  baseline?: { name: string; value: number };
  /** `value` over the baseline's; where `per` is given, for each unit of work */
  ratio?: number;
  /** where there is one, what `ratio` (or `value` where there is none) has to stay below */
  limit?: number;
}

/** Whether a figure is within its limit; undefined where it has none. */
export function holds({ value, ratio, limit }: Figure): boolean | undefined {
  return limit === undefined ? undefined : (ratio ?? value) <= limit;
}

/**
 * Compares two amounts of the same work.
 * @param large milliseconds for `many` units of work, and for `few`
 * @returns a figure whose ratio is what a unit costs among many, over what it costs among few: 1 is linear
 */
export function perUnit(
  about: string,
  name: string,
  { many, few, ms, msOfFew }: { many: number; few: number; ms: number; msOfFew: number },
  limit: number,
): Figure {
  return { about, name, value: ms, unit: 'ms', baseline: { name: `${few}`, value: msOfFew }, ratio: ms / many / (msOfFew / few), limit };
}

/** All figures, a line each. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { about, name, value, unit, baseline, ratio, limit } = figure;
    const good = holds(figure);
    return [
      about,
      name,
      `${short(value)} ${unit}`,
      baseline ? `${short(baseline.value)} ${unit} (${baseline.name})` : '',
      ratio === undefined ? '' : short(ratio),
      limit === undefined ? '' : `≤ ${limit}`,
      good === undefined ? '' : good ? 'holds' : 'OVER',
    ];
  });
  const all = [['about', 'what', 'measured', 'beside', 'ratio', 'limit', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
