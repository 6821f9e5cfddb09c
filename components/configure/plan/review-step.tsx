'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { write } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { useOnTheWay } from '@/components/shared/back-to-form';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { ProblemCard, useProblem } from '@/components/ui/problem';
import { Notice } from '@/components/ui/tone';
import type { RecipeDetail } from '@/lib/catalog/types';
import { isRange, letsEverybodyIn } from '../answers/ranges';
import { usePatterns } from '../answers/use-patterns';
import type { Draft } from '../draft';
import { askedInputs, complaints, isDeploymentName, rawIn } from '../request';
import type { EditDraft } from '../use-draft';
import type { LivePlan } from '../use-plan';
import { deployBlock } from './deploy-block';
import { AnswersReview, PlacementReview } from './review-parts';

interface ReviewStepProps {
  recipe: RecipeDetail;
  draft: Draft;
  edit: EditDraft;
  plan: LivePlan;
  signedIn: boolean;
  onDeployed: () => void;
}

/** All that was answered and chosen, once more; a name; and the button that makes it real. */
export function ReviewStep({ recipe, draft, edit, plan, signedIn, onDeployed }: ReviewStepProps) {
  const { t, said } = useLanguage();
  const router = useRouter();
  const key = useRef({ body: '', id: '' });
  const view = plan.query.data;
  const short = view?.problems.find(({ field }) => field === 'acceptShortLease');
  const [accepted, accept] = useState(false);
  // a moment, and no number of days: the same request pressed twice must be the same
  const [end, setEnd] = useState('');
  const deploy = useMutation({
    mutationFn: () => {
      const body = { ...plan.request, name: draft.name.trim(), ...(end && { expiresAt: end }), ...(short && { acceptShortLease: true }) };
      const text = JSON.stringify(body);
      // the same request pressed twice is one deployment; a changed one is another
      if (key.current.body !== text) key.current = { body: text, id: crypto.randomUUID() };
      return write<{ id: string }>('POST', '/deployments', { body, idempotencyKey: key.current.id });
    },
    onSuccess: ({ id }) => {
      onDeployed();
      window.scrollTo({ top: 0 });
      router.push(`/deployments/${id}`);
    },
  });
  const matches = usePatterns(recipe);
  const nameGood = isDeploymentName(draft.name);
  const block = deployBlock({
    signedIn,
    faults: complaints(recipe, draft, matches).size,
    placed: plan.request !== null,
    planning: plan.waiting,
    plan: view,
    planFailed: plan.query.isError,
    shortLease: short !== undefined && !accepted,
    nameGood,
  });
  const nameError = nameGood || draft.name === '' ? undefined : t('check.name');
  return (
    <div className="space-y-5">
      <Section id="review-name" title={t('review.name')}>
        <div className="space-y-4 p-5">
          <Field id="name" label={t('review.nameLabel')} help={t('review.nameHelp')} error={nameError} className="max-w-md">
            <TextInput
              {...describedBy('name', true, nameError)}
              maxLength={60}
              autoComplete="off"
              value={draft.name}
              onChange={(event) => edit((now) => ({ ...now, name: event.target.value }))}
            />
          </Field>
          <EndChoice end={end} onChange={setEnd} />
        </div>
      </Section>
      <PlacementReview recipe={recipe} view={view} />
      <AnswersReview recipe={recipe} draft={draft} />
      <OpenRanges recipe={recipe} draft={draft} />
      {signedIn && <NoSshKey />}
      {short && (
        <Notice tone="warn" title={said(short.title)}>
          {said(short.detail)} {said(short.remedy ?? '')}
          <label className="mt-2 flex items-center gap-2 font-medium text-ink">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={accepted}
              onChange={(event) => accept(event.target.checked)}
            />
            {t('review.acceptShortLease')}
          </label>
        </Notice>
      )}
      {deploy.isError && <DeployFailed error={deploy.error} />}
      <Button
        look="primary"
        className="min-h-11 px-6"
        blocked={block?.(t)}
        busy={deploy.isPending || deploy.isSuccess}
        onClick={() => deploy.mutate()}
      >
        <Rocket aria-hidden />
        {t('review.deploy')}
      </Button>
    </div>
  );
}

const lives = [1, 3, 7, 30, 90];

/** When it is to end by itself, if at all. */
function EndChoice({ end, onChange }: { end: string; onChange: (end: string) => void }) {
  const { t, format } = useLanguage();
  const [days, setDays] = useState('');
  return (
    <Field id="end" label={t('time.review')} help={end === '' ? t('time.reviewHelp') : format.time(end)} className="max-w-md">
      <Select
        {...describedBy('end', true, undefined)}
        value={days}
        onChange={({ target }) => {
          setDays(target.value);
          onChange(target.value === '' ? '' : new Date(Date.now() + Number(target.value) * 86_400_000).toISOString());
        }}
      >
        <option value="">{t('time.reviewNever')}</option>
        {lives.map((count) => (
          <option key={count} value={count}>
            {t('time.reviewAfter', { count })}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Says once more what anybody will be able to try. */
function OpenRanges({ recipe, draft }: { recipe: RecipeDetail; draft: Draft }) {
  const { t } = useLanguage();
  const open = askedInputs(recipe, draft).filter((input) => isRange(input) && letsEverybodyIn(rawIn(draft, input)));
  if (open.length === 0) return null;
  return (
    <Notice tone="warn" title={t('review.open', { ranges: open.map(({ label }) => label).join(' · ') })}>
      {t('range.warning')}
    </Notice>
  );
}

/** Keys are put on nodes when they are made: afterwards it is too late to say so. */
function NoSshKey() {
  const { t } = useLanguage();
  const onTheWay = useOnTheWay();
  if (useQuery(queries.sshKeys()).data?.items.length !== 0) return null;
  return (
    <Notice
      tone="warn"
      title={t('review.noKey')}
      action={
        <Link href={onTheWay('/settings/ssh-keys')} className={buttonClass('secondary', 'min-h-8')}>
          {t('access.addKey')}
        </Link>
      }
    >
      {t('review.noKeyText')}
    </Notice>
  );
}

function DeployFailed({ error }: { error: Error }) {
  return <ProblemCard problem={useProblem(error)} />;
}
