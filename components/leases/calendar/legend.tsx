'use client';

import type { ReactNode } from 'react';
import { useT } from '@/components/messages/provider';

/** What is what in the picture: forms differ as colours do. */
export function Legend() {
  const t = useT();
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 border-t border-line px-4 py-2.5 text-xs text-ink-2">
      <Entry sign={<span className="h-3 w-6 rounded-[3px] bg-line-strong/55" />}>{t('legend.taken')}</Entry>
      <Entry sign={<span className="h-3.5 w-6 rounded-[3px] border-2 border-accent bg-accent" />}>{t('legend.mine')}</Entry>
      <Entry sign={<span className="h-3 w-6 bg-ok/25" />}>{t('legend.free')}</Entry>
      <Entry sign={<span className="h-3 w-6 bg-unread" />}>{t('legend.unread')}</Entry>
      <Entry sign={<span className="h-3.5 w-6 rounded-md border-2 border-accent bg-accent/15" />}>{t('legend.choice')}</Entry>
      <Entry sign={<span className="h-3.5 w-0.5 bg-accent" />}>{t('legend.now')}</Entry>
    </ul>
  );
}

function Entry({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-2">
      <span aria-hidden className="inline-flex">
        {sign}
      </span>
      {children}
    </li>
  );
}
