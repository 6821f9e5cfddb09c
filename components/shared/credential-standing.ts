import type { Tone } from '@/components/ui/tone';
import type { Credential } from '@/lib/api/contract/credentials';
import { DAY } from '@/lib/leases/time/units';

const soonMs = 14 * DAY;
const verySoonMs = 3 * DAY;

export interface Standing {
  tone: Tone;
  word: 'refused' | 'expired' | 'verySoon' | 'soon' | 'untried' | 'works';
}

/**
 * How a credential stands: past its end, refused, near its end (3 days, 14 days), not tried yet, or good.
 * @param now in milliseconds
 * @param opens whether its site was just entered with it, though it was never tried by itself
 */
export function credentialStanding(
  credential: Pick<Credential, 'problem' | 'expiresAt' | 'checkedAt'>,
  now: number,
  opens = false,
): Standing {
  const end = credential.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(credential.expiresAt);
  if (end <= now) return { tone: 'bad', word: 'expired' };
  if (credential.problem) return { tone: 'bad', word: 'refused' };
  if (end - now < verySoonMs) return { tone: 'bad', word: 'verySoon' };
  if (end - now < soonMs) return { tone: 'warn', word: 'soon' };
  return credential.checkedAt === null && !opens ? { tone: 'waiting', word: 'untried' } : { tone: 'ok', word: 'works' };
}

/** The stored credentials that are at their end or near it, those that have ended first. */
export function endingCredentials(credentials: readonly Credential[], now: number): { credential: Credential; standing: Standing }[] {
  const order: Standing['word'][] = ['expired', 'verySoon', 'soon'];
  return credentials
    .map((credential) => ({ credential, standing: credentialStanding({ ...credential, problem: null }, now) }))
    .filter(({ standing }) => order.includes(standing.word))
    .sort((a, b) => order.indexOf(a.standing.word) - order.indexOf(b.standing.word));
}
