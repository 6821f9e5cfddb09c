'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Notice } from '@/components/ui/tone';
import type { TrialView } from '@/lib/api/contract/recipes';
import type { RecipeNote } from '@/lib/catalog/types';
import { Architecture } from '../architecture';
import { Needs } from '../needs';
import { Questions } from '../questions';
import { TrialPlan } from './trial-plan';

/** What is wrong with a template, or its picture, plan and form. */
export function TrialResult({ trial: { recipe, plan, problems, unread } }: { trial: TrialView }) {
  const { t } = useLanguage();
  return (
    <>
      {recipe ? (
        <Notice tone={recipe.notes.length > 0 ? 'warn' : 'ok'} title={t('trial.good', { name: recipe.name })}>
          {unread.length > 0 && t('trial.unread', { count: unread.length, names: unread.join(', ') })}
        </Notice>
      ) : (
        <Notice tone="bad" title={t('trial.bad')} />
      )}
      <Lines title={t('trial.problems', { count: problems.length })} notes={problems} />
      <Lines title={t('recipe.notes', { count: recipe?.notes.length ?? 0 })} notes={recipe?.notes ?? []} />
      {recipe && (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 space-y-5">
            {recipe.groups.length > 0 && <Architecture recipe={recipe} />}
            {plan && <TrialPlan plan={plan} groups={recipe.groups} />}
          </div>
          <aside className="min-w-0 space-y-5">
            <Needs recipe={recipe} />
            <Questions recipe={recipe} />
          </aside>
        </div>
      )}
    </>
  );
}

function Lines({ title, notes }: { title: string; notes: RecipeNote[] }) {
  const { said } = useLanguage();
  if (notes.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="divide-y divide-line text-sm">
        {notes.map((note) => (
          <li key={`${note.path}:${note.line}:${note.column}:${note.message}`} className="px-5 py-3 [overflow-wrap:anywhere]">
            <code className="font-mono text-xs text-ink">
              {note.path}:{note.line}:{note.column}
            </code>
            <p className="mt-0.5 text-ink-2">{said(note.message)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
