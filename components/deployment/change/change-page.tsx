'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { write } from '@/components/api/client';
import { AddOns } from '@/components/configure/answers/add-ons';
import { InputControl } from '@/components/configure/answers/input-control';
import { closeRanges } from '@/components/configure/answers/ranges';
import { usePatterns } from '@/components/configure/answers/use-patterns';
import { emptyDraft } from '@/components/configure/draft';
import { askedInputs, complaints, rawIn } from '@/components/configure/request';
import { deploymentQueries } from '@/components/deployments/queries';
import { useSaid, useT } from '@/components/messages/provider';
import { useRecipe } from '@/components/shared/recipes/use-recipes';
import { Refused } from '@/components/shared/refused';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Field, TextInput } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import { useFaults } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';
import { blockedBy } from './blocked';
import { bodyOf, type ChangeDraft, countedGroups, draftOf } from './change-draft';
import { Counts } from './counts';
import { Difference } from './difference';
import { Images } from './images';
import { Machines } from './machines';
import { Meanwhile } from './meanwhile';
import { changePath, usePreview } from './use-preview';

/**
 * Where a deployment that stands is changed: what is asked for on one side, what that would do on the other.
 * @param ownRange the person's own address as a range, where it is one that clouds see
 */
export function ChangePage({ id, ownRange }: { id: string; ownRange: string | null }) {
  const t = useT();
  // somebody else may change it meanwhile
  const view = useQuery({ ...deploymentQueries.one(id), refetchInterval: 10_000 });
  const [start, setStart] = useState(0);
  const client = useQueryClient();
  const again = async () => {
    await client.invalidateQueries({ queryKey: ['deployments', id] });
    setStart(start + 1);
  };
  useTitle(view.data && t('change.title', { name: view.data.name }));
  const nodes = useQuery(deploymentQueries.nodes(id));
  const recipe = useRecipe(view.data?.recipe ?? '', view.data?.addOns, { enabled: view.data !== undefined });
  return (
    <Page wide>
      <BackLink href={`/deployments/${encodeURIComponent(id)}`}>{view.data?.name ?? t('nav.deployments')}</BackLink>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight text-ink [overflow-wrap:anywhere]">
        {view.data ? t('change.title', { name: view.data.name }) : t('change.page')}
      </h1>
      <Loaded query={view} skeleton={<SkeletonLines lines={8} />}>
        {(one) => (
          <Loaded query={recipe} skeleton={<SkeletonLines lines={8} />}>
            {(of) => (
              <Loaded query={nodes} skeleton={<SkeletonLines lines={8} />}>
                {(all) => <ChangeForm key={start} view={one} recipe={of} nodes={all} ownRange={ownRange} onAgain={() => void again()} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface ChangeFormProps {
  view: DeploymentView;
  recipe: RecipeDetail;
  nodes: NodeView[];
  ownRange: string | null;
  /** begins anew with how it stands now */
  onAgain: () => void;
}

function ChangeForm({ view, recipe: before, nodes, ownRange, onAgain }: ChangeFormProps) {
  const t = useT();
  const tell = useSaid();
  const router = useRouter();
  const client = useQueryClient();
  // as it stood when the page was opened: what is typed is measured by that
  const [{ stands, revision }] = useState(() => ({ stands: draftOf(before, view, nodes), revision: view.revision }));
  const moved = view.revision !== revision;
  const [draft, setDraft] = useState<ChangeDraft>(stands);
  const further = useCallback((of: RecipeDetail) => closeRanges(of, ownRange), [ownRange]);
  const chosen = useRecipe(view.recipe, [...draft.addOns], { further });
  const recipe = chosen.data ?? before;
  const matches = usePatterns(recipe);
  const [word, setWord] = useState('');
  const body = useMemo(() => (chosen.data ? bodyOf(recipe, stands, draft) : null), [chosen.data, recipe, stands, draft]);
  const { preview, error, waiting } = usePreview(view.id, body);
  const apply = useMutation({
    mutationFn: () => write('PATCH', changePath(view.id), { body: { ...body, confirm: word || undefined, revision: preview?.revision } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['deployments'] });
      router.push(`/deployments/${encodeURIComponent(view.id)}`);
    },
  });
  const [faults, refused] = [useFaults(error), useFaults(apply.error)];
  const said = new Map([
    ...(preview?.problems ?? []).flatMap(({ field, detail }) => (field ? [[field, tell(detail)] as const] : [])),
    ...[...faults, ...refused].map(({ path, message }) => [path, message] as const),
  ]);
  const answers = { ...emptyDraft, inputs: draft.inputs };
  const wrong = complaints(recipe, answers, matches);
  const counted = new Set(countedGroups(recipe).map(({ countInput }) => countInput));
  const asked = askedInputs(recipe, answers).filter(({ name, secret }) => !secret && !counted.has(name));
  const needsWord = preview?.effect === 'data-lost' && !preview.nothing;
  const blocked = blockedBy({
    untouched: body === null && !chosen.isPending,
    moved: moved || view.actions.change?.allowed === false,
    waiting,
    failed: error !== null || chosen.isError,
    preview,
    wordless: needsWord && word !== view.name,
  });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
      <div className="min-w-0 space-y-5">
        <Meanwhile view={view} moved={moved} onAgain={onAgain} />
        <Counts recipe={recipe} nodes={nodes} draft={draft} said={said} onChange={setDraft} />
      </div>
      {/* on small screens what it does comes before what few change */}
      <aside className="min-w-0 lg:sticky lg:top-4 lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <Section id="difference" title={t('change.difference')}>
          <div aria-live="polite" aria-busy={waiting}>
            {chosen.error ? (
              <div className="p-5">
                <Refused error={chosen.error} />
              </div>
            ) : body === null ? (
              <p className="p-5 text-sm text-ink-2">{t('change.nothingYet')}</p>
            ) : error ? (
              <div className="p-5">
                <Refused error={error} />
              </div>
            ) : preview?.nothing ? (
              <p className="p-5 text-sm text-ink-2">{t('change.nothing')}</p>
            ) : preview ? (
              <Difference preview={preview} recipe={recipe} />
            ) : (
              <SkeletonLines lines={6} className="p-5" />
            )}
          </div>
          {preview?.resizable && <Machines machines={draft.machines} onChange={(machines) => setDraft((now) => ({ ...now, machines }))} />}
          <form
            className="space-y-3 border-t border-line p-5"
            onSubmit={(event) => {
              event.preventDefault();
              if (!blocked) apply.mutate();
            }}
          >
            {needsWord && (
              <Field id="confirm" label={t('change.word', { name: view.name })} error={said.get('confirm')}>
                <TextInput id="confirm" autoComplete="off" value={word} onChange={(event) => setWord(event.target.value)} />
              </Field>
            )}
            <Refused error={apply.error} />
            <Button
              type="submit"
              look={needsWord ? 'danger' : 'primary'}
              blocked={blocked && t(blocked)}
              busy={apply.isPending}
              className="w-full"
            >
              {t('change.apply')}
            </Button>
          </form>
        </Section>
      </aside>
      <div className="min-w-0 space-y-5">
        <Images
          view={view}
          recipe={recipe}
          chosen={draft.images}
          said={said}
          onChange={(images) => setDraft((now) => ({ ...now, images }))}
        />
        <AddOns recipe={view.recipe} chosen={[...draft.addOns]} onChange={(addOns) => setDraft((now) => ({ ...now, addOns }))} />
        {recipe.tabs
          .map((tab) => ({ tab, inputs: asked.filter((input) => input.tab === tab) }))
          .filter(({ inputs }) => inputs.length > 0)
          .map(({ tab, inputs }) => (
            <Section key={tab} title={tab}>
              <div className="max-w-xl space-y-5 p-4 sm:p-5">
                {inputs.map((input) => (
                  <InputControl
                    key={input.name}
                    input={input}
                    raw={rawIn(answers, input)}
                    error={wrong.get(input.name)?.(t) ?? said.get(`inputs.${input.name}`)}
                    insist={said.has(`inputs.${input.name}`)}
                    onChange={(raw) => setDraft((now) => ({ ...now, inputs: { ...now.inputs, [input.name]: raw } }))}
                  />
                ))}
              </div>
            </Section>
          ))}
      </div>
    </div>
  );
}
