'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { ProblemDocument } from '@/lib/api/contract/common';
import type { LeaseAlternative } from '@/lib/api/contract/leases';
import { SpanText, spanOf } from '../span-text';

/** What a refusal of the API offers instead. */
export function alternativesIn({ alternatives = [] }: ProblemDocument): LeaseAlternative[] {
  // of a lease, as the contract of lib/api says
  return alternatives as unknown as LeaseAlternative[];
}

/** What could be had instead: each was looked at and can be had, and is one press away. */
export function Alternatives({ items, onTake }: { items: readonly LeaseAlternative[]; onTake: (alternative: LeaseAlternative) => void }) {
  const t = useT();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section id="alternatives" title={t('alternatives.title')} note={t('alternatives.note')}>
      <ul className="divide-y divide-line">
        {items.map((alternative) => (
          <li key={`${alternative.why} ${alternative.site} ${alternative.start} ${alternative.nodeType}`}>
            <button
              type="button"
              onClick={() => onTake(alternative)}
              className="flex w-full items-center gap-3 px-4 py-3 text-left text-sm -outline-offset-2 hover:bg-hover sm:px-5"
            >
              <span className="min-w-0 flex-1">
                <span className="block text-xs font-medium text-accent">{t(`alternative.${alternative.why}`)}</span>
                <SpanText span={spanOf(alternative)} length />
                <span className="block text-xs text-ink-2">
                  {alternative.count} × {alternative.nodeType ?? t('leaseForm.anyType')} ·{' '}
                  {sites.find(({ id }) => id === alternative.site)?.name ?? alternative.site}
                </span>
              </span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
