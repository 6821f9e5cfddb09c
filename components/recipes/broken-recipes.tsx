'use client';

import { useT } from '@/components/messages/provider';
import { ToneIcon } from '@/components/ui/tone';
import type { BrokenRecipe } from '@/lib/catalog/types';

/** Recipe files that do not parse, for those who look: where and why. */
export function BrokenRecipes({ broken }: { broken: BrokenRecipe[] }) {
  const t = useT();
  if (broken.length === 0) return null;
  return (
    <details className="mt-8 rounded-card border border-line bg-surface text-sm">
      <summary className="flex min-h-11 items-center gap-2 px-4 font-medium text-ink-2">
        <ToneIcon tone="warn" />
        {t('catalogue.broken', { count: broken.length })}
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {broken.map((file) => (
          <li key={`${file.path}:${file.line}`} className="px-4 py-3 [overflow-wrap:anywhere]">
            <code className="font-mono text-xs text-ink">
              {file.path}:{file.line}:{file.column}
            </code>
            <p className="mt-0.5 text-ink-2">{file.message}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
