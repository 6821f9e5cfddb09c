interface Line {
  id: number;
}

/**
 * Adds lines of a stream to those that are there: by id, each once, in order, whatever the stream repeats after it was
 * broken. Only the last `keep` stay. The same array comes back when nothing is new.
 */
export function mergeLines<L extends Line>(known: L[], fresh: L[], keep = Number.POSITIVE_INFINITY): L[] {
  const last = known.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
  const ids = fresh.every((line) => line.id > last) ? null : new Set(known.map((line) => line.id));
  const added = dedupe(fresh).filter((line) => !ids?.has(line.id));
  if (added.length === 0) return known;
  const merged = [...known, ...added];
  if (ids || !isOrdered(added)) merged.sort((a, b) => a.id - b.id);
  return merged.length > keep ? merged.slice(-keep) : merged;
}

function dedupe<L extends Line>(lines: L[]): L[] {
  return [...new Map(lines.map((line) => [line.id, line])).values()];
}

function isOrdered(lines: Line[]): boolean {
  return lines.every((line, index) => index === 0 || line.id > (lines[index - 1]?.id ?? 0));
}
