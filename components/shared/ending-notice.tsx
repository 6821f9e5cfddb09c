import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { Credential } from '@/lib/api/contract/credentials';
import type { Standing } from './credential-standing';

/** Says that a credential has ended or will soon, and leads to where it is renewed. */
export function EndingNotice({ credential, standing }: { credential: Credential; standing: Standing }) {
  const { t } = useLanguage();
  const over = standing.word === 'expired';
  return (
    <Notice
      tone={standing.tone}
      title={t(over ? 'ending.expired' : 'ending.soon', { name: credential.name })}
      action={
        <Link href="/settings/credentials" className={buttonClass('secondary', 'min-h-8')}>
          {t('ending.renew')}
        </Link>
      }
    >
      {credential.expiresAt && (
        <>
          {t(over ? 'ending.since' : 'ending.at')} <Ago iso={credential.expiresAt} />.{' '}
        </>
      )}
      {credential.deployments > 0 && t('ending.used', { count: credential.deployments })}
    </Notice>
  );
}
