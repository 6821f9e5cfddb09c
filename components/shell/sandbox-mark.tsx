'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';

/** Says that some sites here are embedded ones and cost nothing. */
export function SandboxMark() {
  const t = useT();
  const { data } = useQuery(queries.sites());
  if (!data?.items.some((site) => site.sandbox)) return null;
  return (
    <Link
      href="/sites"
      title={t('sandbox.note')}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-full border border-warn/40 bg-warn-soft px-2 text-xs font-medium text-warn"
    >
      <FlaskConical aria-hidden className="size-3.5" />
      {t('sandbox.mark')}
      <span className="sr-only">{t('sandbox.note')}</span>
    </Link>
  );
}
