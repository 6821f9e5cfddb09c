import type { Translate } from '@/components/messages/types';
import type { Credential } from '@/lib/api/contract/credentials';

const facts = ['id', 'applicationCredential', 'username', 'userId', 'userDomain', 'cloud', 'secretName', 'atSite', 'secret'] as const;

/** What a credential is called: the name that it was given; what nobody named is called in the person's language. */
export function credentialName(t: Translate, { kind, name, shown }: Pick<Credential, 'kind' | 'name' | 'shown'>): string {
  const { provider } = shown;
  if (provider && kind === 'oidc') return t('credential.ownSignIn', { provider });
  if (provider && kind === 'device') return t('credential.ownAccount', { provider });
  return name;
}

/** Its kind, and what tells it from others, of what may be shown. */
export function credentialFacts(t: Translate, { kind, made, shown, project }: Credential): string {
  return [
    t(made ? 'kindOfCredential.made' : `kindOfCredential.${kind}`),
    ...facts.flatMap((fact) => (shown[fact] ? t(`shown.${fact}`, { value: shown[fact] }) : [])),
    ...(project ? [t('placement.project', { name: project.name })] : []),
  ].join(' · ');
}
