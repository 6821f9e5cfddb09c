'use client';

import { useSaid, useT } from '@/components/messages/provider';
import { ToneIcon } from '@/components/ui/tone';
import type { BrokenRecipe, RecipeNote } from '@/lib/catalog/types';

/** Recipe files that do not parse, for those who look: where and why. */
export function BrokenRecipes({ broken }: { broken: BrokenRecipe[] }) {
  const t = useT();
  return <Notes notes={broken} title={t('catalogue.broken', { count: broken.length })} />;
}

/** What a recipe's files say that is not honoured, or not as their author may think. */
export function RecipeNotes({ notes }: { notes: RecipeNote[] }) {
  const t = useT();
  return <Notes notes={notes} title={t('recipe.notes', { count: notes.length })} />;
}

function Notes({ notes, title }: { notes: RecipeNote[]; title: string }) {
  const said = useSaid();
  if (notes.length === 0) return null;
  return (
    <details className="mt-8 rounded-card border border-line bg-surface text-sm">
      <summary className="flex min-h-11 items-center gap-2 px-4 font-medium text-ink-2">
        <ToneIcon tone="warn" />
        {title}
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {notes.map((note) => (
          <li key={`${note.path}:${note.line}:${note.column}:${note.message}`} className="px-4 py-3 [overflow-wrap:anywhere]">
            <code className="font-mono text-xs text-ink">
              {note.path}:{note.line}:{note.column}
            </code>
            <p className="mt-0.5 text-ink-2">{said(note.message)}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
