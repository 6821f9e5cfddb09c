'use client';

import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';

/** Says that an address has filled the form in, and gives back what stood there. */
export function Filled({ onUndo, onKeep }: { onUndo: () => void; onKeep: () => void }) {
  const t = useT();
  return (
    <div
      role="status"
      className="mb-5 flex flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-sunken px-4 py-2 text-sm text-ink-2"
    >
      {t('configure.filled')}
      <span className="flex gap-2">
        <Button onClick={onUndo}>{t('configure.filledUndo')}</Button>
        <Button look="ghost" onClick={onKeep}>
          {t('common.close')}
        </Button>
      </span>
    </div>
  );
}
