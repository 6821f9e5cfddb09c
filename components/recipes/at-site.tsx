'use client';

import { useQuery } from '@tanstack/react-query';
import { MapPin, X } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { useUrlState } from '@/components/ui/state/use-url-state';

/** Says at which site it is to be deployed, where somebody came by one, and lets it go. */
export function AtSite() {
  const t = useT();
  const url = useUrlState();
  const id = url.get('site');
  const sites = useQuery({ ...queries.sites(), enabled: id !== '' }).data?.items;
  if (id === '') return null;
  const name = sites?.find((site) => site.id === id)?.name ?? id;
  return (
    <p className="mb-5 flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-sunken px-4 py-1 text-sm text-ink-2">
      <MapPin aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{t('catalogue.atSite', { site: name })}</span>
      <Button look="ghost" onClick={() => url.set({ site: null })}>
        <X aria-hidden />
        {t('catalogue.anySite')}
      </Button>
    </p>
  );
}
