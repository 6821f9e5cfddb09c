'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { ToneIcon } from '@/components/ui/tone';
import type { Search } from './why-no-site';

interface NoSiteProps {
  search: Extract<Search, { state: 'none' }>;
  onAgain: () => Promise<unknown>;
  onPlacement: () => void;
}

/** Instead of a plan: why no site fits, and the ways to ask them again and to choose one all the same. */
export function NoSite({ search, onAgain, onPlacement }: NoSiteProps) {
  const { t, said } = useLanguage();
  const [asking, setAsking] = useState(false);
  const again = () => {
    setAsking(true);
    void onAgain().finally(() => setAsking(false));
  };
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
      <div className="flex flex-wrap gap-2">
        <Button onClick={onPlacement}>{t('plan.toPlacement')}</Button>
        <Button busy={asking} onClick={again}>
          {t('plan.askSitesAgain')}
        </Button>
      </div>
    </div>
  );
}
