'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '@/components/api/client';
import { signInPath } from '@/components/api/retry';
import { useLanguage, useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { useRecipe } from '@/components/shared/recipes/use-recipes';
import { useViewer } from '@/components/shared/use-viewer';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { later } from '@/components/ui/later';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { inEngineWords } from '@/components/ui/problem';
import { Skeleton } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Notice } from '@/components/ui/tone';
import type { RecipeDetail } from '@/lib/catalog/types';
import { InputsStep } from './answers/inputs-step';
import { closeRanges } from './answers/ranges';
import { usePatterns } from './answers/use-patterns';
import type { Draft } from './draft';
import { goToField, serverComplaints } from './fields';
import { PlanRail } from './plan/plan-rail';
import { complaints, suggestName } from './request';
import { StepFoot, StepList, stepOf } from './steps';
import { type EditDraft, useDraft } from './use-draft';
import { useMatches, usePlan } from './use-plan';

// as tall as the window: what stands below a step is out of sight until all of it is there
const waiting = () => <Skeleton className="h-dvh rounded-card" />;
const PlacementStep = dynamic(() => import('./placing/placement-step').then((module) => module.PlacementStep), { loading: waiting });
const ReviewStep = dynamic(() => import('./plan/review-step').then((module) => module.ReviewStep), { loading: waiting });

// what few addresses bring
const Filled = later(() => import('./filled').then((module) => module.Filled));
const OfLink = dynamic(() => import('./of-link').then((module) => module.OfLink), { ssr: false });
/** What the form itself keeps in its address. */
const ownNames = ['step', 'tab', 'check', 'addOns'];

/**
 * From a recipe to a deployment: questions, place, review, with the plan beside them.
 * @param ownRange the person's own address as a range, where it is one that clouds see
 */
export function Configure({ id, ownRange }: { id: string; ownRange: string | null }) {
  const t = useT();
  const url = useUrlState();
  const addOns = url.get('addOns').split(',').filter(Boolean);
  const known = useRecipe(id);
  const { draft, edit, discard } = useDraft(id, known.data?.inputs, addOns);
  const further = useCallback((recipe: RecipeDetail) => closeRanges(recipe, ownRange), [ownRange]);
  const query = useRecipe(id, draft?.addOns, { enabled: draft !== null, further });
  useTitle(query.data && t('configure.title', { recipe: query.data.name }));
  const withoutAddOns = () => {
    url.set({ addOns: null });
    edit((now) => ({ ...now, addOns: [] }));
  };
  return (
    <Page wide>
      <PageTitle
        title={
          <span className="flex items-center gap-3">
            {query.data ? <RecipeIcon icon={query.data.icon} id={query.data.id} /> : <Skeleton className="size-10" />}
            {t('configure.title', { recipe: query.data?.name ?? id })}
          </span>
        }
      />
      {query.isError && draft && draft.addOns.length > 0 && (
        <Notice tone="warn" title={t('configure.addOnsFail', { addOns: draft.addOns.join(', ') })}>
          <Button className="mt-2" onClick={withoutAddOns}>
            {t('configure.withoutAddOns')}
          </Button>
        </Notice>
      )}
      <Loaded query={query} skeleton={<ConfigureSkeleton />}>
        {(recipe) => draft && <Steps recipe={recipe} draft={draft} edit={edit} discard={discard} />}
      </Loaded>
    </Page>
  );
}

function Steps({ recipe, draft, edit, discard }: { recipe: RecipeDetail; draft: Draft; edit: EditDraft; discard: () => void }) {
  const { t, said: tell } = useLanguage();
  const url = useUrlState();
  const signedIn = useViewer().state === 'signed-in';
  const matches = usePatterns(recipe);
  const step = stepOf(url.get('step'));
  const brings = [...useSearchParams().keys()].some((name) => !ownNames.includes(name));
  // what the person had answered before an address filled the form in
  const [before, setBefore] = useState<Draft | null>(null);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const noteBefore = useCallback(() => setBefore((known) => known ?? latest.current), []);
  const undo = () => {
    if (before) edit(() => before);
    setBefore(null);
  };
  // whoever goes on by keyboard, or hears the page, goes on with the step
  const content = useRef<HTMLElement>(null);
  const sets = useMatches(recipe, draft, signedIn);
  const plan = usePlan(recipe, draft, sets);
  const refused = [plan.query.error, ...sets.map(({ query }) => query?.error)].flatMap((error) =>
    error instanceof ApiProblem ? (inEngineWords(error.problem, tell).fields ?? []) : [],
  );
  const said = serverComplaints(
    (plan.query.data?.problems ?? []).map((each) => inEngineWords(each, tell)),
    refused,
  );
  const named = draft.name !== '';
  useEffect(() => {
    if (step === 'review' && !named) edit((now) => ({ ...now, name: suggestName(recipe.id, new Date()) }));
  }, [step, named, recipe.id, edit]);
  const moved = useRef(false);
  const goneOn = useCallback(() => moved.current, []);
  const go = (next: string) => {
    moved.current = true;
    url.set({ step: next === 'inputs' ? null : next }, { push: true });
    window.scrollTo({ top: 0 });
    content.current?.focus({ preventScroll: true });
  };
  return (
    <>
      {brings && <OfLink recipe={recipe} signedIn={signedIn} edit={edit} onFilled={noteBefore} goneOn={goneOn} />}
      {before && <Filled onUndo={undo} onKeep={() => setBefore(null)} />}
      <StepList step={step} faults={complaints(recipe, draft, matches).size} onGo={go} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_23rem]">
        {/* sites come in their own time: on small screens the plan waits below them, out of sight */}
        <section
          ref={content}
          tabIndex={-1}
          aria-label={t(`configure.${step}`)}
          className={cn('min-w-0 outline-none', step !== 'inputs' && 'max-lg:min-h-dvh')}
        >
          {step === 'inputs' && <InputsStep recipe={recipe} draft={draft} edit={edit} said={said} insist={url.get('check') !== ''} />}
          {step === 'placement' && <PlacementStep sets={sets} matches={plan.matches} draft={draft} edit={edit} view={plan.query.data} />}
          {step === 'review' && (
            <ReviewStep recipe={recipe} draft={draft} edit={edit} plan={plan} signedIn={signedIn} onDeployed={discard} />
          )}
          <StepFoot step={step} onGo={go} onDiscard={discard} />
        </section>
        <aside aria-label={t('plan.title')} className="min-w-0 lg:sticky lg:top-18 lg:max-h-[calc(100dvh-5.5rem)] lg:overflow-y-auto">
          <PlanRail
            plan={plan}
            signedIn={signedIn}
            signInHref={signInPath({
              pathname: `/deploy/${recipe.id}`,
              search: linkAgain(url.get),
            })}
            onField={(field) => goToField(field, recipe, url.set)}
            onPlacement={() => go('placement')}
          />
        </aside>
      </div>
    </>
  );
}

/** What of the address the form has not taken yet for want of a sign-in. */
function linkAgain(get: (name: string) => string): string {
  const kept = ['lease', 'from', 'elsewhere', 'site', 'addOns'].filter((name) => get(name) !== '');
  return kept.length > 0 ? `?${new URLSearchParams(kept.map((name) => [name, get(name)]))}` : '';
}

function ConfigureSkeleton() {
  return (
    <>
      <Skeleton className="mb-6 h-10 w-full max-w-xl" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <Skeleton className="h-[32rem] rounded-card" />
        <Skeleton className="h-96 rounded-card" />
      </div>
    </>
  );
}
