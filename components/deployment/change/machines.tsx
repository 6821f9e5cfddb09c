'use client';

import { useT } from '@/components/messages/provider';
import type { ChangeDraft } from './change-draft';

interface MachinesProps {
  machines: ChangeDraft['machines'];
  onChange: (machines: ChangeDraft['machines']) => void;
}

/** How machines that stand come to another size, where they could do so where they stand. */
export function Machines({ machines, onChange }: MachinesProps) {
  const t = useT();
  return (
    <fieldset className="border-t border-line px-5 py-4">
      <legend className="sr-only">{t('change.machines')}</legend>
      <p aria-hidden className="text-sm font-medium text-ink">
        {t('change.machines')}
      </p>
      <div className="mt-1.5 space-y-1.5">
        {(['resize', 'rebuild'] as const).map((way) => (
          <label key={way} className="flex min-h-6 items-start gap-2 text-sm text-ink">
            <input
              type="radio"
              name="machines"
              className="mt-0.5 size-4 accent-accent"
              checked={machines === way}
              onChange={() => onChange(way)}
            />
            {t(`change.machines.${way}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
