'use client';

import { Info } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { sayRemark } from '@/components/messages/remark';
import type { PastedView } from '@/lib/api/contract/credentials';

const FEW = 4;

/** What of a file is not used as it stands, and why: nothing of it is dropped silently. */
export function NotUsed({ remarks }: { remarks: PastedView['remarks'] }) {
  const t = useT();
  const sentences = [...new Set(remarks.map((each) => sayRemark(t, each) ?? each.text))];
  if (sentences.length === 0) return null;
  return (
    <details open={sentences.length <= FEW} className="rounded-lg bg-sunken px-4 py-3 text-sm">
      <summary className="cursor-pointer font-medium text-ink">
        <Info aria-hidden className="mr-2 inline size-4 align-[-0.15em] text-ink-2" />
        {t('file.unusedCount', { count: sentences.length })}
      </summary>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-ink-2 [overflow-wrap:anywhere]">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
