'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/tone';

const most = 4;

/** What one was told of leases and has not seen: one that stays idle, was shortened, lacks a host, or ended. Ends that are near stand above it. */
export function Told() {
  const { t, locale } = useLanguage();
  const unseen = (useQuery(queries.notices(locale)).data?.items ?? []).filter(({ seen, what }) => !seen && !what.startsWith('ends-'));
  if (unseen.length === 0) return null;
  return (
    <section aria-label={t('home.told')} className="grid gap-3 md:grid-cols-2">
      {unseen.slice(0, most).map(({ id, title, lines, path }) => (
        <Notice
          key={id}
          tone="warn"
          title={title}
          action={
            <Link href={path} className={buttonClass('secondary', 'min-h-8')}>
              {t('home.seeWhat')}
            </Link>
          }
        >
          {lines.join(' ')}
        </Notice>
      ))}
    </section>
  );
}
