'use client';

import { useQuery } from '@tanstack/react-query';
import { Terminal } from 'lucide-react';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { CodeLine } from '@/components/ui/copy';
import { Empty } from '@/components/ui/empty';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import { TokenForm } from './token-form';

/** Personal access tokens of the API: what there is, and one to make. */
export function Tokens() {
  const { t } = useLanguage();
  const query = useQuery(queries.tokens());
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      {made && (
        <Notice tone="ok" title={t('token.made')}>
          <div className="mt-2">
            <CodeLine text={made} what={t('token.one')} />
          </div>
        </Notice>
      )}
      <Section id="tokens" title={t('settings.tokens')} note={t('token.note')}>
        <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={Terminal} title={t('token.none')}>
                {t('token.noneNote')}
              </Empty>
            ) : (
              <ul className="divide-y divide-line">
                {items.map((token) => (
                  <li key={token.id} className="flex items-center justify-between gap-4 px-4 py-3.5 sm:px-5">
                    <div className="min-w-0">
                      <p className="font-medium text-ink">
                        {token.name} <Tag className="ml-1">{t(`token.${token.scope}`)}</Tag>
                      </p>
                      <p className="text-xs text-ink-3">
                        {t('credential.expires')} <Ago iso={token.expiresAt} />
                        {' · '}
                        {token.lastUsedAt ? (
                          <>
                            {t('token.used')} <Ago iso={token.lastUsedAt} />
                          </>
                        ) : (
                          t('token.unused')
                        )}
                      </p>
                    </div>
                    <ConfirmDelete name={token.name} path={`/tokens/${encodeURIComponent(token.id)}`} keys={['tokens']}>
                      {t('token.deleteNote')}
                    </ConfirmDelete>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <TokenForm onMade={setMade} />
    </>
  );
}
