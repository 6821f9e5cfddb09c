'use client';

import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { type describedBy, Select, TextInput } from '@/components/ui/field';
import { ToneIcon } from '@/components/ui/tone';
import { everybody, letsEverybodyIn, type RangeInput } from './ranges';

interface RangeControlProps {
  input: RangeInput;
  text: string;
  said: ReturnType<typeof describedBy>;
  onChange: (raw: string) => void;
  onBlur: () => void;
}

/** Who may come in: the person alone, whom they name, or everybody, which is warned of. */
export function RangeControl({ input, text, said, onChange, onBlur }: RangeControlProps) {
  const t = useT();
  const { own } = input;
  const [naming, name] = useState(text !== '' && text !== own && text !== everybody);
  const choice = naming ? 'named' : text === everybody ? 'everybody' : text === '' ? '' : 'own';
  const choose = (next: string) => {
    name(next === 'named');
    onChange(next === 'everybody' ? everybody : next === 'own' ? (own ?? '') : '');
  };
  return (
    <div className="space-y-2">
      <Select {...said} value={choice} onChange={(event) => choose(event.target.value)} onBlur={onBlur}>
        {choice === '' && <option value="">{t('input.choose')}</option>}
        {own !== null && <option value="own">{t('range.own', { address: own.replace('/32', '') })}</option>}
        <option value="named">{t('range.named')}</option>
        <option value="everybody">{t('range.everybody')}</option>
      </Select>
      {naming && (
        <TextInput
          aria-label={t('range.ranges', { label: input.label })}
          spellCheck={false}
          autoComplete="off"
          placeholder="198.51.100.0/24"
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      )}
      {letsEverybodyIn(text) && (
        <p className="flex items-start gap-1.5 text-xs text-warn">
          <ToneIcon tone="warn" className="mt-px size-3.5" />
          <span>{t('range.warning')}</span>
        </p>
      )}
    </div>
  );
}
