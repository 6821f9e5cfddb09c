'use client';

import { useLanguage } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { Link } from '@/components/ui/link';
import { ToneIcon } from '@/components/ui/tone';
import type { LeaseSource } from '@/lib/api/contract/lease-finder';

/** What is told by whom: of sites that are not open to me only what their public registry says; and which site did not answer, with why. */
export function Sources({ sources }: { sources: readonly LeaseSource[] }) {
  const { t, said } = useLanguage();
  const signedIn = useViewer().state === 'signed-in';
  const open = sources.filter(({ source }) => source === 'registry');
  const failed = sources.filter(({ problem, source }) => problem && source === null);
  if (open.length === 0 && failed.length === 0) return null;
  return (
    <div className="space-y-1.5 border-t border-line px-4 py-3 text-xs text-ink-2 sm:px-5">
      {open.length > 0 && (
        <p>
          {t('sources.registry', { names: open.map(({ siteName }) => siteName).join(', ') })}{' '}
          {!signedIn && (
            <Link
              href={`/signin?returnTo=${encodeURIComponent('/leases')}`}
              className="font-medium text-accent underline underline-offset-2"
            >
              {t('sources.signIn')}
            </Link>
          )}
        </p>
      )}
      {failed.map(({ site, siteName, problem }) => (
        <p key={site} className="flex gap-2">
          <ToneIcon tone="warn" className="mt-px size-3.5" />
          <span>
            {siteName}: {said(problem?.detail ?? '')}{' '}
            <Link href={`/sites/${encodeURIComponent(site)}`} className="font-medium text-accent underline underline-offset-2">
              {t('sources.site')}
            </Link>
          </span>
        </p>
      ))}
    </div>
  );
}
