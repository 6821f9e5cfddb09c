'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { useOnTheWay } from '@/components/shared/back-to-form';
import { remedies } from '@/components/shared/site-access';
import { Remedies } from '@/components/shared/site-remedies';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Status, ToneIcon } from '@/components/ui/tone';
import type { MatchItem, Ranking } from '@/lib/api/contract/sites';

interface SiteChoicesProps {
  name: string;
  ranking: Ranking;
  chosen: MatchItem | undefined;
  onChange: (item: MatchItem) => void;
}

const shownAtFirst = 6;
export const matchKey = (item: MatchItem) => `${item.site}/${item.project?.id ?? ''}`;

/** Sites as the server ranked them, each with why it fits or not. */
export function SiteChoices({ name, ranking: { items, settled }, chosen, onChange }: SiteChoicesProps) {
  const { t } = useLanguage();
  const [all, showAll] = useState(false);
  const head = items.filter((item, index) => index < shownAtFirst || (chosen && matchKey(item) === matchKey(chosen)));
  const shown = all ? items : head;
  return (
    <fieldset>
      <legend className="sr-only">{t('placement.site')}</legend>
      <div className="space-y-2.5">
        {shown.map((item) => (
          <SiteChoice
            key={matchKey(item)}
            name={name}
            item={item}
            best={settled && item === items[0] && item.fits}
            checked={chosen !== undefined && matchKey(item) === matchKey(chosen)}
            onChange={() => onChange(item)}
          />
        ))}
      </div>
      {items.length > shown.length && (
        <Button look="ghost" className="mt-2" onClick={() => showAll(true)}>
          {t('placement.more', { count: items.length - shown.length })}
        </Button>
      )}
    </fieldset>
  );
}

function SiteChoice({
  name,
  item,
  best,
  checked,
  onChange,
}: {
  name: string;
  item: MatchItem;
  best: boolean;
  checked: boolean;
  onChange: () => void;
}) {
  const { t, said, format } = useLanguage();
  const onTheWay = useOnTheWay();
  const { data } = useQuery(queries.sites());
  const site = data?.items.find((each) => each.id === item.site);
  const place = [site?.city, site?.country].filter(Boolean).join(', ');
  const usable = item.project !== null;
  const isBarred = site?.access === 'needs-credential' || site?.access === 'denied';
  return (
    <div
      className={cn(
        'rounded-lg border p-3.5 transition-colors',
        checked ? 'border-accent bg-accent-soft/60' : 'border-line',
        !usable && 'bg-sunken',
      )}
    >
      <label className={cn('flex items-start gap-3', usable && 'cursor-pointer')}>
        <input
          type="radio"
          name={`site-${name}`}
          checked={checked}
          disabled={!usable}
          onChange={onChange}
          className="mt-1 size-4 shrink-0 accent-(--accent)"
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="font-medium text-ink">
              {site?.name ?? item.site}
              {item.project && (
                <span className="ml-2 text-xs font-normal text-ink-2">{t('placement.project', { name: item.project.name })}</span>
              )}
            </span>
            <Status tone={item.fits ? 'ok' : item.pending ? 'waiting' : 'warn'}>
              {item.pending
                ? t('placement.pending')
                : item.fits
                  ? best
                    ? t('placement.best')
                    : t('placement.fits')
                  : t('placement.fitsNot')}
            </Status>
          </span>
          <span className="block text-xs text-ink-3">
            {[place, item.distanceKm !== null && t('placement.distance', { km: format.number(Math.round(item.distanceKm)) })]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </label>
      {item.reasons.length > 0 && !item.pending && (
        <ul className="mt-2 space-y-1 pl-7 text-xs">
          {item.reasons.map((reason) => (
            <li key={reason.text} className="flex items-start gap-1.5 text-ink-2">
              <ToneIcon tone={reason.good ? 'ok' : 'warn'} className="mt-px size-3.5" />
              <span>
                {said(reason.text)}
                {reason.remedy && <span className="block text-ink-3">{said(reason.remedy)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {!usable && !item.pending && (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-2 pl-7 text-xs">
          {site && <Remedies site={site} signedIn />}
          <Link href={onTheWay(`/sites/${item.site}`)} className="inline-block py-1 font-medium text-accent underline underline-offset-2">
            {t(isBarred && remedies(site, true).length === 0 ? 'placement.fixAccess' : 'placement.aboutSite')}
          </Link>
        </p>
      )}
    </div>
  );
}
