'use client';

import { useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/tone';
import { signInQueries } from './queries';

/** Asks to prove again who one is, at the same provider, and to come back to this very page. */
export function SignInAgain() {
  const t = useT();
  const me = useQuery(queries.me());
  const csrf = useQuery(signInQueries.csrf());
  const provider = me.data?.provider;
  const back = typeof window === 'undefined' ? '/' : `${window.location.pathname}${window.location.search}`;
  return (
    <div role="alert">
      <Notice tone="warn" title={t('again.title')}>
        <p className="text-ink-2">{t('again.note')}</p>
        <form method="post" action={`/api/auth/signin/${encodeURIComponent(provider ?? '')}?again=1`} className="mt-3">
          <input type="hidden" name="csrfToken" value={csrf.data ?? ''} />
          <input type="hidden" name="callbackUrl" value={back} />
          <Button look="primary" type="submit" busy={!csrf.data || !provider}>
            <LogIn aria-hidden />
            {t('again.action')}
          </Button>
        </form>
      </Notice>
    </div>
  );
}
