'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { ToneIcon } from '@/components/ui/tone';
import type { PairChangeView, PairView, ThresholdAdviceView } from '@/lib/api/contract/pairs';
import { asksToken, blockedBy, TokenField, withToken } from './pair-token';
import { pairPath, pairQueries } from './queries';

const MOST_SECONDS = 86_400;

/** The seconds after which work leaves, what speaks for and against them, and another number. */
export function ThresholdSection({ id, pair }: { id: string; pair: PairView }) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState(String(pair.thresholdSeconds ?? ''));
  const [grow, setGrow] = useState(false);
  const seconds = /^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_SECONDS ? Number(typed) : undefined;
  const query = useQuery({ ...pairQueries.threshold(id, seconds, grow), placeholderData: keepPreviousData });
  return (
    <Section id="threshold" title={t('pairWatch.threshold')}>
      <div className="grid gap-5 p-4 sm:p-5 lg:grid-cols-[16rem_1fr]">
        <div className="space-y-3">
          <Field id="threshold-seconds" label={t('pairWatch.seconds')}>
            <TextInput
              id="threshold-seconds"
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value.trim())}
            />
          </Field>
          <label className="flex min-h-6 items-start gap-2 text-sm text-ink">
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
              checked={grow}
              onChange={({ target }) => setGrow(target.checked)}
            />
            {t('pairWatch.grow')}
          </label>
          <SetIt id={id} pair={pair} seconds={seconds} />
        </div>
        <Loaded query={query} skeleton={<SkeletonLines lines={4} />}>
          {(advice) => <Advice advice={advice} onTake={(taken) => setTyped(String(taken))} />}
        </Loaded>
      </div>
    </Section>
  );
}

function Advice({ advice, onTake }: { advice: ThresholdAdviceView; onTake: (seconds: number) => void }) {
  const { t, format } = useLanguage();
  const { shortest, longest, about, recommended, nodeBootSeconds, imagePullSeconds, runSeconds, seen } = advice;
  const known = (seconds: number | null) => (seconds === null ? t('pairWatch.unknown') : format.duration(Math.round(seconds)));
  const facts = [
    ['boot', nodeBootSeconds],
    ['pull', imagePullSeconds],
    ['begin', seen.origin?.begin ?? null],
    ['run', runSeconds],
  ] as const;
  return (
    <div className="min-w-0 space-y-3 text-sm" aria-live="polite">
      <p className="text-ink">{t('pairWatch.thresholdNow', { shortest: format.duration(shortest), longest: format.duration(longest) })}</p>
      <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {facts.map(([fact, seconds]) => (
          <div key={fact} className="min-w-0">
            <dt className="text-xs text-ink-3">{t(`pairWatch.fact.${fact}`)}</dt>
            <dd className="text-ink-2">{known(seconds)}</dd>
          </div>
        ))}
      </dl>
      <ul className="space-y-1.5">
        {about.length === 0 && <Said tone="ok">{t('pairWatch.good')}</Said>}
        {about.map((each) => (
          <Said key={each} tone={each === 'grows-before-leaving' ? 'ok' : 'warn'}>
            {t(`pairWatch.about.${each}`)}
          </Said>
        ))}
      </ul>
      {recommended !== null && (
        <Button onClick={() => onTake(recommended)}>{t('pairWatch.recommended', { seconds: format.duration(recommended) })}</Button>
      )}
    </div>
  );
}

function Said({ tone, children }: { tone: 'ok' | 'warn'; children: string }) {
  return (
    <li className="flex gap-2 text-ink">
      <ToneIcon tone={tone} className="mt-0.5" />
      {children}
    </li>
  );
}

function SetIt({ id, pair, seconds }: { id: string; pair: PairView; seconds: number | undefined }) {
  const { t } = useLanguage();
  const [plan, setPlan] = useState<PairChangeView | null>(null);
  const path = pairPath(id);
  const look = useWrite<PairChangeView>([], setPlan);
  const apply = useWrite<PairChangeView>(['pairs'], () => setPlan(null));
  const [token, setToken] = useState('');
  const body = { thresholdSeconds: seconds, ...withToken(token) };
  const [change] = plan?.changes ?? [];
  return (
    <>
      {asksToken(pair) && <TokenField id="threshold-token" help={t('pairToken.onceHelp')} value={token} onChange={setToken} />}
      <Button
        busy={look.isPending}
        blocked={seconds === undefined ? t('pairWatch.seconds') : blockedBy(t, pair, token)}
        onClick={() => look.mutate({ method: 'PATCH', path: `${path}?dryRun=true`, body })}
      >
        {t('pairWatch.set')}
      </Button>
      <Refused error={look.error} />
      <Dialog
        open={plan !== null}
        onOpenChange={(open) => !open && setPlan(null)}
        title={t('pairWatch.setTitle')}
        note={t('pairWatch.setNote')}
        footer={
          <>
            <Button onClick={() => setPlan(null)}>{t('common.cancel')}</Button>
            {change && (
              <Button look="primary" busy={apply.isPending} onClick={() => apply.mutate({ method: 'PATCH', path, body })}>
                {t('pairWatch.set')}
              </Button>
            )}
          </>
        }
      >
        <p className="text-sm text-ink">{change ? t('pairWatch.change', { from: change.from, to: change.to }) : t('pairWatch.same')}</p>
        <Refused error={apply.error} />
      </Dialog>
    </>
  );
}
