/** Milliseconds that work takes: the median of several runs, after two that only warm up. */
export async function timeOf(work: () => unknown, runs = 15): Promise<number> {
  const times: number[] = [];
  for (let run = -2; run < runs; run++) {
    const began = performance.now();
    await work();
    if (run >= 0) times.push(performance.now() - began);
  }
  return percentile(times, 50);
}

/**
 * The same for two pieces of work, taken in turns, so that what else the machine does weighs on both.
 * @returns milliseconds of the first and of the second
 */
export async function timesOf(first: () => unknown, second: () => unknown, runs = 15): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let run = -2; run < runs; run++) {
    for (const [index, work] of [first, second].entries()) {
      const began = performance.now();
      await work();
      if (run >= 0) times[index]?.push(performance.now() - began);
    }
  }
  return [percentile(times[0], 50), percentile(times[1], 50)];
}

/** The value below which `percent` of the values lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
