'use client';

import { Compass } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Page } from '@/components/ui/page';

/** An address that leads nowhere. */
export function Missing() {
  const t = useT();
  return (
    <Page className="flex flex-col items-center pt-24 text-center">
      <Compass aria-hidden className="mb-5 size-10 text-accent" />
      <h1 className="text-2xl font-semibold tracking-tight">{t('notFound.title')}</h1>
      <p className="mt-2 max-w-md text-ink-2">{t('notFound.detail')}</p>
      <Link href="/" className={buttonClass('primary', 'mt-6')}>
        {t('notFound.home')}
      </Link>
    </Page>
  );
}
