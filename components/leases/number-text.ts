/** A number as somebody types it. @returns undefined for what is none yet, or out of range: the last that was good stays */
export function readNumber(text: string, { least, most, whole }: { least: number; most: number; whole: boolean }): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const good = value >= least && value <= most && (!whole || Number.isInteger(value));
  return good ? value : undefined;
}
