import type { Translate } from '@/components/messages/types';
import type { Credential } from '@/lib/api/contract/credentials';

const facts = ['id', 'applicationCredential', 'username', 'userId', 'userDomain', 'cloud', 'secretName', 'atSite', 'secret'] as const;

/** Its kind, and what tells it from others, of what may be shown. */
export function credentialFacts(t: Translate, { kind, made, shown, project }: Credential): string {
  return [
    t(made ? 'kindOfCredential.made' : `kindOfCredential.${kind}`),
    ...facts.flatMap((fact) => (shown[fact] ? t(`shown.${fact}`, { value: shown[fact] }) : [])),
    ...(project ? [t('placement.project', { name: project.name })] : []),
  ].join(' · ');
}
