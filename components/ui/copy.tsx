'use client';

import { Check, Copy as CopyIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from './cn';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what, className }: { text: string; what: string; className?: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      className={cn('grid size-8 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink', className)}
    >
      {copied ? <Check aria-hidden className="size-4 text-ok" /> : <CopyIcon aria-hidden className="size-4" />}
      <span className="sr-only" aria-live="polite">
        {copied ? t('common.copied') : t('common.copy', { what })}
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
