'use client';

import { type ComponentProps, useState } from 'react';
import { readNumber } from './number-text';

interface NumberFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'min' | 'max'> {
  value: number;
  least: number;
  most: number;
  /** whole numbers only */
  whole?: boolean;
  onChange: (value: number) => void;
}

/** A number that is typed: what stands there while one types need not be one yet, and is put right when one leaves. */
export function NumberField({ value, least, most, whole = false, onChange, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...rest}
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      step={whole ? 1 : 'any'}
      min={least}
      max={most}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value);
        const read = readNumber(event.target.value, { least, most, whole });
        if (read !== undefined) onChange(read);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
