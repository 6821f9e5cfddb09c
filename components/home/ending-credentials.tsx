'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { endingCredentials } from '@/components/shared/credential-standing';
import { EndingNotice } from '@/components/shared/ending-notice';
import { useNow } from '@/components/ui/time';

/** Credentials that need the person soon: 14 days before their end, 3 days before it, and past it. */
export function EndingCredentials() {
  const t = useT();
  const now = useNow();
  const ending = endingCredentials(useQuery(queries.credentials()).data?.items ?? [], now);
  if (ending.length === 0) return null;
  return (
    <section aria-label={t('ending.section', { count: ending.length })} className="grid gap-3 md:has-[>:nth-child(2)]:grid-cols-2">
      {ending.slice(0, 4).map(({ credential, standing }) => (
        <EndingNotice key={credential.id} credential={credential} standing={standing} />
      ))}
    </section>
  );
}
