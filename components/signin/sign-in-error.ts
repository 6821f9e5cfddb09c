import type { Translate } from '@/components/messages/types';

const known = ['OtherAddress', 'AccessDenied'] as const;

/** What the word that came back with a failed sign-in means. */
export function signInError(word: string): (t: Translate) => string {
  const code = known.find((each) => each === word);
  return code ? (t) => t(`signin.error.${code}`) : (t) => t('signin.error.Default', { code: word.slice(0, 40) });
}
