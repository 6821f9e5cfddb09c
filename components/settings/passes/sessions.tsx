'use client';

import { useQuery } from '@tanstack/react-query';
import { Monitor } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';
import type { SessionView } from '@/lib/api/contract/people';

/** The browsers in which one is signed in, each of which can be signed out from here. */
export function Sessions() {
  const t = useT();
  const query = useQuery(queries.sessions());
  return (
    <Section id="sessions" title={t('settings.sessions')} note={t('session.note')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function SessionRow({ session }: { session: SessionView }) {
  const t = useT();
  const name = session.browser ?? t('session.unknown');
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-3.5 sm:px-5">
      <div className="flex min-w-0 gap-3">
        <Monitor aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <div className="min-w-0">
          <p className="font-medium text-ink">
            {name} {session.current && <Tag className="ml-1">{t('session.this')}</Tag>}
          </p>
          <p className="text-xs text-ink-3">
            {t('session.since')} <Ago iso={session.createdAt} />
            {session.lastUsedAt && (
              <>
                {' · '}
                {t('token.used')} <Ago iso={session.lastUsedAt} />
              </>
            )}
            {session.network && ` · ${t(`session.network.${session.network}`)}`}
          </p>
        </div>
      </div>
      {!session.current && (
        <ConfirmDelete name={name} path={`/sessions/${encodeURIComponent(session.id)}`} keys={['sessions']} action={t('session.end')}>
          {t('session.endNote')}
        </ConfirmDelete>
      )}
    </li>
  );
}
