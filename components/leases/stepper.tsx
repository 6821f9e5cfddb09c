'use client';

import { Minus, Plus } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { NumberField } from './number-field';

interface StepperProps {
  id: string;
  label: string;
  value: number;
  least?: number;
  most?: number;
  onChange: (value: number) => void;
}

const button =
  'grid size-9 shrink-0 place-items-center text-ink-2 hover:bg-hover hover:text-ink disabled:text-ink-3/50 disabled:hover:bg-transparent';

/** A number that is a press or two away, or typed. */
export function Stepper({ id, label, value, least = 1, most = 500, onChange }: StepperProps) {
  const t = useT();
  return (
    <span className="inline-flex items-stretch overflow-hidden rounded-lg border border-line-strong bg-surface">
      <button
        type="button"
        className={button}
        disabled={value <= least}
        aria-label={t('leases.fewer')}
        onClick={() => onChange(Math.max(least, value - 1))}
      >
        <Minus aria-hidden className="size-4" />
      </button>
      <NumberField
        id={id}
        aria-label={label}
        least={least}
        most={most}
        whole
        value={value}
        onChange={onChange}
        className="w-12 border-x border-line bg-transparent text-center text-sm text-ink tabular-nums -outline-offset-2 [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
      />
      <button
        type="button"
        className={button}
        disabled={value >= most}
        aria-label={t('leases.more')}
        onClick={() => onChange(Math.min(most, value + 1))}
      >
        <Plus aria-hidden className="size-4" />
      </button>
    </span>
  );
}
