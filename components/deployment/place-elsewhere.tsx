'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import { matchKey, SiteChoices } from '@/components/configure/placing/site-choices';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import type { DeploymentView, SideView } from '@/lib/api/contract/deployments';
import type { MatchItem } from '@/lib/api/contract/sites';
import { masked } from '@/lib/inputs/masked';

/** Chooses another site for a part that failed, among those ranked for that part. */
export function PlaceElsewhere({ view, side, onClose }: { view: DeploymentView; side: SideView; onClose: () => void }) {
  const { t, said } = useLanguage();
  const client = useQueryClient();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const [chosen, choose] = useState<MatchItem>();
  const inputs = Object.fromEntries(Object.entries(view.inputs).filter(([, value]) => value !== masked));
  const ranking = useQuery({
    queryKey: ['elsewhere', view.id, side.set],
    queryFn: () =>
      write<{ items: MatchItem[] }>('POST', '/sites/match', { body: { recipe: view.recipe, addOns: view.addOns, inputs, set: side.set } }),
    staleTime: 20_000,
  });
  // another part stands at those, and where it failed it would be a retry
  const taken = new Set(view.sides.map(({ site }) => site));
  const place = useMutation({
    mutationFn: (item: MatchItem) => {
      const placement = Object.fromEntries(
        side.groups.map((group) => {
          const { flavor, image } = item.choices[group] ?? {};
          const at = { site: item.site, project: item.project?.id, credential: item.credential ?? undefined };
          return [group, { ...at, flavor: flavor ?? undefined, image: image ?? undefined }];
        }),
      );
      return write('POST', `/deployments/${encodeURIComponent(view.id)}/placement`, { body: { set: side.set, placement } });
    },
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('sides.elsewhereTitle', { part: said(side.label) })}
      note={t('sides.elsewhereNote', { site: sites.find(({ id }) => id === side.site)?.name ?? side.site })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            busy={place.isPending}
            blocked={chosen ? undefined : t('sides.choose')}
            onClick={() => chosen && place.mutate(chosen)}
          >
            {t('sides.place')}
          </Button>
        </>
      }
    >
      <Loaded query={ranking} skeleton={<Skeleton className="h-40 rounded-lg" />}>
        {({ items }) => {
          const free = items.filter(({ site }) => !taken.has(site));
          return free.length === 0 ? (
            <p className="text-sm text-ink-2">{t('sides.none')}</p>
          ) : (
            <SiteChoices
              name={`elsewhere-${side.set}`}
              ranking={{ items: free, settled: true }}
              chosen={chosen && free.find((item) => matchKey(item) === matchKey(chosen))}
              onChange={choose}
            />
          );
        }}
      </Loaded>
      {place.isError && (
        <div className="mt-3">
          <Refused error={place.error} />
        </div>
      )}
    </Dialog>
  );
}
