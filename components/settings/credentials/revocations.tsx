'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';

/** Says which application credentials of Transat's making could not be revoked at their sites yet. */
export function Revocations() {
  const { t, said } = useLanguage();
  // one that has not been tried is being made or revoked this moment
  const items = useQuery(queries.revocations()).data?.items.filter(({ attempts }) => attempts > 0) ?? [];
  if (items.length === 0) return null;
  return (
    <Notice tone="warn" title={t('revocations.title', { count: items.length })}>
      <p>{t('revocations.note')}</p>
      <ul className="mt-2 list-disc space-y-2 pl-5 [overflow-wrap:anywhere]">
        {items.map(({ id, name, siteName, atSite, expiresAt, nextTryAt, problem }) => (
          <li key={id}>
            <span className="font-medium text-ink">{name}</span> · {siteName} · <code className="text-xs">{atSite}</code>
            <br />
            {said(problem?.detail ?? '')}
            <br />
            {t('revocations.next')} <Ago iso={nextTryAt} />. {t('revocations.ends')} <Ago iso={expiresAt} />.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
