import type { Translate } from '@/components/messages/types';
import type { Credential } from '@/lib/api/contract/credentials';

/** What a credential is called: the name that it was given; what nobody named is called in the person's language. */
export function credentialName(t: Translate, { kind, name, shown }: Pick<Credential, 'kind' | 'name' | 'shown'>): string {
  const { provider } = shown;
  if (provider && kind === 'oidc') return t('credential.ownSignIn', { provider });
  if (provider && kind === 'device') return t('credential.ownAccount', { provider });
  return name;
}
