import type { Tone } from '@/components/ui/tone';
import type { Credential } from '@/lib/api/contract/credentials';

const soonMs = 14 * 86_400_000;

/** How a credential stands: refused, past its end, near it, not tried yet, or good. `now` in milliseconds. */
export function credentialStanding(
  credential: Pick<Credential, 'problem' | 'expiresAt' | 'checkedAt'>,
  now: number,
): { tone: Tone; word: 'refused' | 'expired' | 'soon' | 'untried' | 'works' } {
  const end = credential.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(credential.expiresAt);
  if (end <= now) return { tone: 'bad', word: 'expired' };
  if (credential.problem) return { tone: 'bad', word: 'refused' };
  if (end - now < soonMs) return { tone: 'warn', word: 'soon' };
  return credential.checkedAt === null ? { tone: 'waiting', word: 'untried' } : { tone: 'ok', word: 'works' };
}
