'use client';

import { Check, Copy as CopyIcon, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from './cn';

/** Puts a text on the clipboard and says so; or says that the browser did not let it (over plain HTTP none does). */
export function CopyButton({ text, what, className }: { text: string; what: string; className?: string }) {
  const t = useT();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), outcome === 'copied' ? 2000 : 6000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('notCopied');
    }
  };
  return (
    <button
      type="button"
      onClick={() => void copy()}
      title={outcome === 'notCopied' ? t('common.notCopied') : undefined}
      className={cn('grid size-8 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink', className)}
    >
      {outcome === 'copied' && <Check aria-hidden className="size-4 text-ok" />}
      {outcome === 'notCopied' && <X aria-hidden className="size-4 text-bad" />}
      {!outcome && <CopyIcon aria-hidden className="size-4" />}
      <span className="sr-only" aria-live="polite">
        {outcome ? t(`common.${outcome}`) : t('common.copy', { what })}
      </span>
    </button>
  );
}

/** A line of code that can be copied; one that is too long goes on in the next. */
export function CodeLine({ text, what }: { text: string; what: string }) {
  return (
    <div className="flex items-center gap-1 rounded-lg bg-sunken pr-1 pl-3">
      <code className="min-w-0 flex-1 py-2 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
