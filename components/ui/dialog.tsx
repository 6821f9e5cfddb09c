'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from './cn';
import { rememberFocus } from './state/give-back-focus';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  note?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A window over the page that keeps the focus until it is closed; a sheet from below on small screens. */
export function Dialog({ open, onOpenChange, title, note, footer, wide = false, children }: DialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (!open) return shown?.close();
    const giveBack = rememberFocus();
    shown?.showModal();
    // the first thing to fill in, else the window itself: never the button that closes it
    const [field] = shown?.querySelectorAll<HTMLElement>('select, input, textarea') ?? [];
    (field ?? shown)?.focus();
    // one that is taken away while it is open gives nothing back by itself
    return () => {
      shown?.close();
      giveBack();
    };
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      tabIndex={-1}
      // one that was opened again meanwhile is not closed
      onClose={() => !dialog.current?.open && onOpenChange(false)}
      // where browsers know it, a press beside the window closes it
      {...{ closedby: 'any' }}
      className={cn(
        'm-0 mt-auto max-h-[92dvh] w-full max-w-none flex-col rounded-t-2xl border border-line bg-surface text-left whitespace-normal text-ink shadow-pop outline-none open:flex sm:mx-auto sm:mt-[12dvh] sm:max-h-[76dvh] sm:w-[calc(100%-3rem)] sm:rounded-2xl',
        wide ? 'sm:max-w-3xl' : 'sm:max-w-lg',
      )}
    >
      {open && (
        <>
          <header className="flex items-start justify-between gap-4 px-5 pt-5 pb-3">
            <div className="min-w-0">
              <h2 id={id} className="text-base font-semibold text-ink [overflow-wrap:anywhere]">
                {title}
              </h2>
              {note && <p className="mt-1 text-sm text-ink-2">{note}</p>}
            </div>
            <button
              type="button"
              onClick={() => onOpenChange(false)}
              className="-m-1.5 grid size-9 shrink-0 place-items-center rounded-lg text-ink-2 hover:bg-hover"
            >
              <X aria-hidden className="size-4" />
              <span className="sr-only">{t('common.close')}</span>
            </button>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </>
      )}
    </dialog>
  );
}
