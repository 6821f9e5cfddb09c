'use client';

import { useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Tabs } from '@/components/ui/tabs';
import type { RecipeDetail } from '@/lib/catalog/types';
import type { Draft } from '../draft';
import { askedInputs, complaints, rawIn } from '../request';
import type { EditDraft } from '../use-draft';
import { AddOns } from './add-ons';
import { InputControl } from './input-control';
import { usePatterns } from './use-patterns';

interface InputsStepProps {
  recipe: RecipeDetail;
  draft: Draft;
  edit: EditDraft;
  /** what the server said, by input */
  said: Map<string, string>;
  /** show what is missing even where nobody has typed yet */
  insist: boolean;
}

/** The recipe's questions, by its tabs. */
export function InputsStep({ recipe, draft, edit, said, insist }: InputsStepProps) {
  const t = useT();
  const url = useUrlState();
  const matches = usePatterns(recipe);
  const asked = askedInputs(recipe, draft);
  const wrong = complaints(recipe, draft, matches);
  const tabs = recipe.tabs.filter((tab) => asked.some((input) => input.tab === tab));
  const tab = tabs.find((each) => each === url.get('tab')) ?? tabs[0];
  const setInput = (name: string, raw: Draft['inputs'][string]) => edit((now) => ({ ...now, inputs: { ...now.inputs, [name]: raw } }));
  const panel = (name: string) => (
    <div className="max-w-xl space-y-5">
      {asked
        .filter((input) => input.tab === name)
        .map((input) => {
          const error = wrong.get(input.name)?.(t) ?? said.get(input.name);
          return (
            <InputControl
              key={input.name}
              input={input}
              raw={rawIn(draft, input)}
              error={error}
              insist={insist || said.has(input.name) || draft.inputs[input.name] !== undefined}
              onChange={(raw) => setInput(input.name, raw)}
            />
          );
        })}
    </div>
  );
  return (
    <div className="space-y-5">
      <AddOns recipe={recipe.id} chosen={draft.addOns} onChange={(addOns) => edit((now) => ({ ...now, addOns }))} />
      {tab === undefined ? (
        <Card className="p-5 text-sm text-ink-2">{t('configure.nothingAsked')}</Card>
      ) : (
        <Card className="p-4 pt-2 sm:p-5 sm:pt-2">
          {tabs.length === 1 ? (
            <div className="pt-3">{panel(tab)}</div>
          ) : (
            <Tabs
              label={t('configure.inputs')}
              value={tab}
              onChange={(next) => url.set({ tab: next === tabs[0] ? null : next })}
              tabs={tabs.map((name) => ({
                value: name,
                label: (
                  <TabLabel
                    name={name}
                    faults={asked.filter((input) => input.tab === name && (wrong.has(input.name) || said.has(input.name))).length}
                  />
                ),
                content: panel(name),
              }))}
            />
          )}
        </Card>
      )}
    </div>
  );
}

function TabLabel({ name, faults }: { name: string; faults: number }) {
  const t = useT();
  return (
    <>
      {name}
      {faults > 0 && (
        <span className="grid h-5 min-w-5 place-items-center rounded-full bg-warn-soft px-1.5 text-xs text-warn">
          {faults}
          <span className="sr-only">{t('configure.toAnswer', { count: faults })}</span>
        </span>
      )}
    </>
  );
}
