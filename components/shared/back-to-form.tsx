'use client';

import { ArrowLeft } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useT } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { withQuery } from './with-query';

/** The form from which somebody came to add a key or a credential on the way; undefined where they came from elsewhere. */
export function useFormBefore(): string | undefined {
  const back = useUrlState().get('back');
  // an address may name anything: only the product's own form is gone back to
  return /^\/deploy\/[\w-]+(?:\?[\w=&%+.,-]*)?$/.test(back) ? back : undefined;
}

/** Gives addresses of pages on the way that know the way back to the form that one is in now, or came from. */
export function useOnTheWay(): (href: string) => string {
  const path = usePathname();
  const search = useSearchParams().toString();
  const before = useFormBefore() ?? '';
  const form = path.startsWith('/deploy/') ? `${path}${search && `?${search}`}` : before;
  return (href) => withQuery(href, 'back', form);
}

/** Leads back to the form that was left for this page; what was answered there is kept. */
export function BackToForm() {
  const t = useT();
  const back = useFormBefore();
  if (!back) return null;
  return (
    <Link href={back} className="mb-4 inline-flex min-h-9 items-center gap-1.5 text-sm font-medium text-accent hover:underline">
      <ArrowLeft aria-hidden className="size-4" />
      {t('common.backToForm')}
    </Link>
  );
}
