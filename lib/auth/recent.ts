import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import type { Person } from './types';

/**
 * Asks for a recent proof of who somebody is, before what would hurt most in a browser that was left open. Who comes with a token has no browser to
 * prove it with, and is held by the token's scope and time.
 * @param doing what they want, to read after "to": `see secrets`
 * @throws AppError `recent-sign-in-needed`
 */
export function checkRecentSignIn(
  { via, authenticatedAt }: Pick<Person, 'via' | 'authenticatedAt'>,
  { recentSignInMinutes }: Pick<Config, 'recentSignInMinutes'>,
  clock: Clock,
  doing: string,
): void {
  if (via !== 'session') return;
  const minutes = (clock.now().getTime() - (authenticatedAt?.getTime() ?? 0)) / 60_000;
  if (minutes <= recentSignInMinutes) return;
  throw new AppError({
    code: 'recent-sign-in-needed',
    title: 'Sign in again to go on',
    detail: `You signed in more than ${recentSignInMinutes} minutes ago. To ${doing}, Transat wants to be sure that it is you.`,
    remedy: 'Sign in again; you come back to this page.',
  });
}

/**
 * Keeps a token from making others that see more than it does, or outlive it.
 * @throws AppError `forbidden`
 */
export function checkMinting(
  { via, scope, endsAt }: Pick<Person, 'via' | 'scope' | 'endsAt'>,
  wanted: { scope: 'read' | 'write'; expiresAt: Date },
): void {
  if (via === 'session') return;
  const wider = scope === 'read' && wanted.scope === 'write';
  const longer = wanted.expiresAt > endsAt;
  if (!wider && !longer) return;
  throw new AppError({
    code: 'forbidden',
    title: 'A token can’t make one that may more',
    detail: wider
      ? 'Your token may only read, and the new one would write.'
      : `Your token ends at ${endsAt.toISOString()}, and the new one would end later.`,
    remedy: 'Make the token in a browser, in Settings → Tokens.',
  });
}

/** Keeps tokens that may only read from secrets. @throws AppError `forbidden` */
export function checkMaySeeSecrets({ scope }: Pick<Person, 'scope'>): void {
  if (scope === 'write') return;
  throw new AppError({
    code: 'forbidden',
    title: 'This token shows no secrets',
    detail: 'The personal access token has the scope “read”: it reads what is no secret.',
    remedy: 'Use a token with the scope “write”, or look in a browser.',
  });
}
