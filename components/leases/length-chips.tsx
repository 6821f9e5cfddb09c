'use client';

import { useT } from '@/components/messages/provider';
import { FilterChip } from '@/components/ui/chip';
import { HOUR, MINUTE } from '@/lib/leases/time/units';
import { lengthText } from './times';

/** Lengths that take one press, in hours. */
export const lengths = [1, 6, 12, 24, 72, 168] as const;

/** For how long: a press for what is usual. @param length in milliseconds; null: not known */
export function LengthChips({ length, onChange }: { length: number | null; onChange: (hours: number) => void }) {
  const t = useT();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium text-ink">{t('leaseForm.length')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {lengths.map((hours) => (
          <FilterChip key={hours} on={length !== null && Math.abs(length - hours * HOUR) < 1.5 * MINUTE} onClick={() => onChange(hours)}>
            {lengthText(hours * HOUR)}
          </FilterChip>
        ))}
      </div>
    </fieldset>
  );
}
