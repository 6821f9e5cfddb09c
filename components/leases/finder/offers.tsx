'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Empty } from '@/components/ui/empty';
import { Fixed, upTo } from '@/components/ui/fixed';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { ToneIcon } from '@/components/ui/tone';
import type { LeaseWindows } from '@/lib/api/contract/lease-finder';
import type { EditWish } from './finder';
import { OfferRow } from './offer-row';
import { Sources } from './sources';
import type { Wish } from './wish';

const shownAtFirst = 6;
/** As many as are shown at first have this height, so that what stands below them stays where it is. */
const room = 'min-h-[54rem] sm:min-h-[29.5rem]';

/** Where and when it can be had, the earliest first; and of each site without an answer, why. */
export function Offers({ query, wish, edit }: { query: UseQueryResult<LeaseWindows>; wish: Wish; edit: EditWish }) {
  const { t, said } = useLanguage();
  const data = query.data;
  const [all, showAll] = useState(false);
  const asked = data?.sources.filter(({ pending }) => pending).length ?? 0;
  return (
    <Section
      id="offers"
      title={t('offers.title')}
      note={t('offers.note')}
      aside={
        <span role="status" className="text-xs text-ink-3">
          {asked > 0 ? t('plan.sitesAsked', { count: asked }) : data ? t('offers.count', { count: data.items.length }) : ''}
        </span>
      }
    >
      <Loaded query={query} skeleton={<OffersSkeleton />}>
        {({ items, nothing, sources, settled }) => (
          // what was found for another wish is none of this one
          <div aria-busy={query.isPlaceholderData || undefined} className={cn(query.isPlaceholderData && 'opacity-50')}>
            {items.length > 0 ? (
              <div className={room}>
                <ol className="divide-y divide-line">
                  {items.slice(0, all ? items.length : shownAtFirst).map((offer, index) => (
                    <OfferRow key={`${offer.site} ${offer.nodeType ?? offer.flavor} ${offer.start}`} offer={offer} first={index === 0} />
                  ))}
                </ol>
                {!all && items.length > shownAtFirst && (
                  <Button look="ghost" className="m-2" onClick={() => showAll(true)}>
                    {t('offers.more', { count: items.length - shownAtFirst })}
                  </Button>
                )}
              </div>
            ) : settled ? (
              <div className="grid sm:min-h-[29.5rem] sm:items-center">
                <Empty
                  icon={SearchX}
                  title={t('offers.none')}
                  action={
                    <>
                      {wish.when !== 'next-slot' && (
                        <Button onClick={() => edit({ when: 'next-slot', from: '', to: '' })}>{t('offers.tryNext')}</Button>
                      )}
                      {wish.count > 1 && (
                        <Button onClick={() => edit({ count: Math.ceil(wish.count / 2) })}>
                          {t('offers.tryFewer', { count: Math.ceil(wish.count / 2) })}
                        </Button>
                      )}
                      {wish.hours > 1 && (
                        <Button onClick={() => edit({ hours: Math.max(1, Math.floor(wish.hours / 2)) })}>{t('offers.tryShorter')}</Button>
                      )}
                    </>
                  }
                >
                  {t('offers.noneNote')}
                </Empty>
              </div>
            ) : (
              <OffersSkeleton />
            )}
            {nothing.length > 0 && (
              <ul className="space-y-1.5 border-t border-line px-4 py-3 text-xs text-ink-2 sm:px-5">
                {nothing.map(({ site, reason, detail }) => (
                  <li key={site} className="flex gap-2">
                    <ToneIcon tone="waiting" className="mt-px size-3.5" />
                    <span title={said(detail ?? '')}>
                      {t(`nothing.${reason}`, { site: sources.find((one) => one.site === site)?.siteName ?? site })}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Sources sources={sources} />
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function OffersSkeleton() {
  return (
    <div className={cn('space-y-5 px-5 py-4', room)}>
      <Fixed items={upTo(shownAtFirst)}>{() => <Skeleton className="h-28 rounded-lg sm:h-12" />}</Fixed>
    </div>
  );
}
