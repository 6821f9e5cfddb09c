'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { ToneIcon } from '@/components/ui/tone';
import type { Search } from './why-no-site';

/** Instead of a plan: why no site fits, and the way to choose one all the same. */
export function NoSite({ search, onPlacement }: { search: Extract<Search, { state: 'none' }>; onPlacement: () => void }) {
  const { t, said } = useLanguage();
  const sites = useQuery(queries.sites()).data?.items;
  return (
    <div className="space-y-3 p-5 text-sm" role="status">
      <p className="flex gap-2 font-medium text-ink">
        <ToneIcon tone="warn" className="mt-0.5" />
        {t('plan.noSite')}
      </p>
      {search.reasons.length > 0 && (
        <ul className="space-y-2 text-xs text-ink-2 [overflow-wrap:anywhere]">
          {search.reasons.map(({ site, text, remedy }) => (
            <li key={site}>
              <span className="font-medium text-ink">{sites?.find(({ id }) => id === site)?.name ?? site}: </span>
              {said(text)}
              {remedy && <span className="block text-ink-3">{said(remedy)}</span>}
            </li>
          ))}
        </ul>
      )}
      {search.pending > 0 && <p className="text-xs text-ink-3">{t('plan.sitesAsked', { count: search.pending })}</p>}
      <Button onClick={onPlacement}>{t('plan.toPlacement')}</Button>
    </div>
  );
}
