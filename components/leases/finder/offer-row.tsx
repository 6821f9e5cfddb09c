'use client';

import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import type { LeaseOffer } from '@/lib/api/contract/lease-finder';
import { MINUTE } from '@/lib/leases/time/units';
import { formHref } from '../form/form-link';
import { SpanText, spanOf } from '../span-text';
import { lengthText } from '../times';
import { useTimes } from '../zone';

/** A time at a site, with what it costs and how far it can be extended; one press leads to the form, filled in. */
export function OfferRow({ offer, first }: { offer: LeaseOffer; first: boolean }) {
  const { t, format } = useLanguage();
  const times = useTimes();
  const what = offer.nodeType || offer.flavor || t('offers.mixed');
  const slack =
    offer.slackMinutes === null || offer.freeUntil === null
      ? t('offers.freeAfter')
      : offer.slackMinutes < 1
        ? t('offers.noSlack')
        : t('offers.slack', { length: lengthText(offer.slackMinutes * MINUTE), time: times.moment(Date.parse(offer.freeUntil)) });
  return (
    <li className="grid gap-x-5 gap-y-2 px-4 py-3.5 text-sm sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,auto)] lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)_13rem] sm:items-center sm:px-5">
      <SpanText span={spanOf(offer)} length />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink">
          <span className="font-medium">
            {format.number(offer.count)} × {what}
          </span>
          <Tag>{offer.siteName}</Tag>
        </p>
        <p className="mt-0.5 text-xs text-ink-2">
          {t('offers.free', { count: offer.free })} · {slack}
        </p>
      </div>
      <div className="flex items-center justify-between gap-4 sm:justify-end">
        <span className="text-right text-ink-2 tabular-nums">
          {offer.cost ? (
            <>
              <span className="block font-medium text-ink">
                {format.number(offer.cost.total)} {offer.cost.unit}
              </span>
              <span className="block text-xs text-ink-3">
                {t('offers.perHour', { cost: `${format.number(offer.cost.perHour)} ${offer.cost.unit}` })}
              </span>
            </>
          ) : (
            <span className="text-xs text-ink-3">{t('offers.noPrice')}</span>
          )}
        </span>
        <Link href={formHref(offer)} className={buttonClass(first ? 'primary' : 'secondary')}>
          {t('offers.reserve')}
        </Link>
      </div>
    </li>
  );
}
