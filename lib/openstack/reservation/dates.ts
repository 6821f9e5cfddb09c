const MINUTE_MS = 60_000;

/**
 * A moment as Blazar takes it: `YYYY-MM-DD HH:MM`, in UTC, without a zone. Blazar knows whole minutes only.
 * @param round `up` for a start, so that it never lies in the past; `down` for an end, so that a lease is never longer than asked
 */
export function toBlazar(iso: string, round: 'up' | 'down'): string {
  const minutes = new Date(iso).getTime() / MINUTE_MS;
  const whole = new Date((round === 'up' ? Math.ceil(minutes) : Math.floor(minutes)) * MINUTE_MS);
  return whole.toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * A date of Blazar as ISO 8601 in UTC. It writes `2026-11-21T06:37:00.000000` and `2026-11-21 06:03:28`, both UTC, both without
 * saying so.
 * @returns undefined when it is no date
 */
export function fromBlazar(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d*/, '$1');
  const date = new Date(/(?:Z|[+-]\d{2}:?\d{2})$/.test(plain) ? plain : `${plain}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
