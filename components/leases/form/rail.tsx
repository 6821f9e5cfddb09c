'use client';

import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarCheck, LogIn } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { ApiProblem, write } from '@/components/api/client';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/tone';
import type { LeaseAlternative, LeaseLint, NewLeaseBody } from '@/lib/api/contract/leases';
import { SpanText } from '../span-text';
import { Alternatives, alternativesIn } from './alternatives';
import { draftOfRequest, type LeaseDraft, linkOf, missingIn } from './lease-draft';
import type { EditLease } from './lease-form';

interface RailProps {
  draft: LeaseDraft;
  edit: EditLease;
  lint: UseQueryResult<LeaseLint>;
  signedIn: boolean;
  body: NewLeaseBody;
  now: number;
}

/** The lease as it would be made: its time, its hosts, its price; what is wrong with it and what could be had instead; and the button. */
export function Rail({ draft, edit, lint, signedIn, body, now }: RailProps) {
  const { t, said } = useLanguage();
  const router = useRouter();
  const client = useQueryClient();
  const key = useRef({ body: '', id: '' });
  const make = useMutation({
    mutationFn: () => {
      const text = JSON.stringify(body);
      // the same request pressed twice is one lease; a changed one is another
      if (key.current.body !== text) key.current = { body: text, id: crypto.randomUUID() };
      return write<{ id: string }>('POST', '/leases', { body, idempotencyKey: key.current.id });
    },
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['leases'] });
      window.scrollTo({ top: 0 });
      router.push(`/leases/${id}`);
    },
  });
  const missing = missingIn(draft);
  const judged = signedIn && missing === null ? lint.data : undefined;
  const errors = judged?.problems.filter(({ severity }) => severity === 'error') ?? [];
  const warnings = judged?.problems.filter(({ severity }) => severity === 'warning') ?? [];
  const refused = make.error instanceof ApiProblem ? alternativesIn(make.error.problem) : [];
  const take = (alternative: LeaseAlternative) => {
    make.reset();
    edit((before) => draftOfRequest(before, alternative.request));
  };
  const block = missing
    ? t(`leaseForm.missing.${missing}`)
    : lint.isPending || lint.isPlaceholderData
      ? t('leaseForm.judging')
      : errors.length > 0
        ? t('leaseForm.errors', { count: errors.length })
        : undefined;
  const start = draft.start === 'now' ? now : Date.parse(draft.start);
  const end = Date.parse(draft.end);
  return (
    <aside aria-label={t('leaseRail.title')} className="min-w-0 space-y-4 lg:sticky lg:top-18">
      <Section id="lease-rail" title={t('leaseRail.title')}>
        <div className="space-y-4 p-4 text-sm sm:p-5">
          {end > start ? <SpanText span={{ start, end }} length /> : <p className="text-ink-2">{t('leaseRail.noTime')}</p>}
          <div aria-busy={lint.isPlaceholderData || undefined} className={cn('space-y-4', lint.isPlaceholderData && 'opacity-50')}>
            <What draft={draft} lint={judged} />
            <Price lint={judged} />
          </div>
          {signedIn ? (
            <Button
              look="primary"
              className="min-h-11 w-full"
              blocked={block}
              busy={make.isPending || make.isSuccess}
              onClick={() => make.mutate()}
            >
              <CalendarCheck aria-hidden />
              {t('leaseRail.reserve')}
            </Button>
          ) : (
            <Link href={`/signin?returnTo=${encodeURIComponent(linkOf(draft))}`} className={buttonClass('primary', 'min-h-11 w-full')}>
              <LogIn aria-hidden />
              {t('leaseRail.signIn')}
            </Link>
          )}
        </div>
      </Section>
      {make.isError && <Refused error={make.error} />}
      {lint.isError && missing === null && <Refused error={lint.error} />}
      {errors.map(({ field, detail, remedy }) => (
        <Notice key={`${field} ${detail}`} tone="bad" title={said(detail)}>
          {said(remedy ?? '')}
        </Notice>
      ))}
      <Alternatives items={refused.length > 0 ? refused : (judged?.alternatives ?? [])} onTake={take} />
      {warnings.map(({ field, detail, remedy }) => (
        <Notice key={`${field} ${detail}`} tone="warn" title={said(detail)}>
          {said(remedy ?? '')}
        </Notice>
      ))}
    </aside>
  );
}

const mostNames = 6;

function What({ draft, lint }: { draft: LeaseDraft; lint: LeaseLint | undefined }) {
  const { t } = useLanguage();
  const what = draft.what === 'flavor' ? draft.flavor : draft.nodeType || t('leaseForm.anyType');
  const nodes = lint?.hosts.find(({ reservation }) => reservation === 0)?.nodes ?? [];
  return (
    <div>
      <p className="font-medium text-ink">
        {draft.what === 'hosts' ? t('leaseWhat.hosts', { number: String(draft.hosts.length) }) : `${draft.count} × ${what}`}
      </p>
      {nodes.length > 0 && (
        <p className="text-xs text-ink-2">
          {t('leaseRail.hosts', {
            names:
              nodes
                .slice(0, mostNames)
                .map(({ name }) => name)
                .join(', ') + (nodes.length > mostNames ? ' …' : ''),
          })}
        </p>
      )}
    </div>
  );
}

function Price({ lint }: { lint: LeaseLint | undefined }) {
  const { t, format } = useLanguage();
  if (!lint) return null;
  return (
    <p className="text-ink-2">
      {lint.cost ? (
        <>
          <span className="text-lg font-semibold text-ink tabular-nums">
            {format.number(lint.cost.total)} {lint.cost.unit}
          </span>{' '}
          {t('offers.perHour', { cost: `${format.number(lint.cost.perHour)} ${lint.cost.unit}` })}
        </>
      ) : (
        t('offers.noPrice')
      )}
    </p>
  );
}
