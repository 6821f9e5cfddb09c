'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import { useViewer } from '@/components/shared/use-viewer';
import { cn } from '@/components/ui/cn';

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });

/** Opens the command palette, as Ctrl-K and Cmd-K do; its code is fetched with the first opening. */
export function PaletteButton({ children }: { children: ReactNode }) {
  const signedOut = useViewer().state === 'signed-out';
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((shown) => !shown);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={cn(
          'inline-flex h-9 min-w-9 items-center justify-center gap-2 rounded-lg px-2 text-sm text-ink-2 transition-colors hover:bg-hover lg:min-w-52 lg:justify-start lg:border lg:border-line lg:bg-surface lg:px-3',
          // small screens need the room for the sign-in button
          signedOut && 'max-sm:hidden',
        )}
      >
        {children}
        <kbd aria-hidden className="ml-auto hidden rounded border border-line px-1.5 font-mono text-2xs text-ink-3 lg:inline">
          Ctrl K
        </kbd>
      </button>
      {wanted && <Palette open={open} onOpenChange={setOpen} />}
    </>
  );
}
