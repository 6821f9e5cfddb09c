'use client';

import { Dices } from 'lucide-react';
import { useState } from 'react';
import { useLanguage, useT } from '@/components/messages/provider';
import { Switch } from '@/components/ui/controls/switch';
import { describedBy, Field, Select, TextArea, TextInput } from '@/components/ui/field';
import { later } from '@/components/ui/later';
import type { FormInput } from '@/lib/catalog/types';
import { isRange } from './ranges';
import type { RawValue } from './raw-value';
import { sizeUnits, splitSize } from './size';

// not on a form's first tab, most times; what stands there meanwhile is as tall
const Waiting = () => <div className="min-h-9" />;
const SecretControl = later(() => import('./secret-control').then((module) => module.SecretControl), Waiting);
const RangeControl = later(() => import('./range-control').then((module) => module.RangeControl), Waiting);

interface InputControlProps {
  input: FormInput;
  raw: RawValue;
  onChange: (raw: RawValue) => void;
  /** what is wrong with it; shown once the person has been there */
  error: string | undefined;
  /** show `error` at once: the server or the person has already come across it */
  insist: boolean;
}

/** id of an input's control, which problems link to */
export const inputId = (name: string) => `inputs.${name}`;

/** One question of the form, as the control that its type and constraints ask for. */
export function InputControl({ input, raw, onChange, error, insist }: InputControlProps) {
  const t = useT();
  const [left, leave] = useState(false);
  const id = inputId(input.name);
  const shown = (left || insist) && error ? error : undefined;
  const said = describedBy(id, input.help, shown);
  const onBlur = () => leave(true);
  if (input.widget === 'toggle' || input.type === 'boolean') {
    return (
      <div className="flex items-start justify-between gap-4 rounded-lg border border-line px-3.5 py-3">
        <div className="min-w-0">
          <label htmlFor={id} className="text-sm font-medium text-ink">
            {input.label}
          </label>
          {input.help && (
            <p id={`${id}-help`} className="mt-0.5 text-xs text-ink-3">
              {input.help}
            </p>
          )}
        </div>
        <Switch {...said} checked={raw === true} onCheckedChange={onChange} />
      </div>
    );
  }
  const mark = input.generated ? (
    <span className="inline-flex items-center gap-1 text-accent">
      <Dices aria-hidden className="size-3.5" />
      {t('input.generated')}
    </span>
  ) : (
    !input.required && isEmpty(input.default) && t('input.optional')
  );
  const text = typeof raw === 'string' ? raw : '';
  return (
    <Field id={id} label={input.label} help={input.help} error={shown} mark={mark}>
      <Control input={input} raw={raw} text={text} said={said} onChange={onChange} onBlur={onBlur} />
    </Field>
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

interface ControlProps {
  input: FormInput;
  raw: RawValue;
  text: string;
  said: ReturnType<typeof describedBy>;
  onChange: (raw: RawValue) => void;
  onBlur: () => void;
}

function Control({ input, raw, text, said, onChange, onBlur }: ControlProps) {
  const { t, said: say } = useLanguage();
  if (isRange(input)) return <RangeControl input={input} text={text} said={said} onChange={onChange} onBlur={onBlur} />;
  const choices = input.constraints.find((constraint) => constraint.valid_values)?.valid_values;
  if (choices && !Array.isArray(raw)) {
    return (
      <Select {...said} value={text} onChange={(event) => onChange(event.target.value)} onBlur={onBlur}>
        {text === '' && <option value="">{t('input.choose')}</option>}
        {choices.map((choice) => (
          <option key={String(choice)} value={String(choice)}>
            {say(String(choice))}
          </option>
        ))}
      </Select>
    );
  }
  if (input.widget === 'password' || input.secret)
    return <SecretControl input={input} text={text} said={said} onChange={onChange} onBlur={onBlur} />;
  if (Array.isArray(raw) || input.type === 'list' || input.type === 'map') {
    const lines = Array.isArray(raw) ? raw.join('\n') : text;
    return (
      <TextArea
        {...said}
        rows={3}
        value={lines}
        placeholder={input.type === 'map' ? t('input.mapLines') : t('input.listLines')}
        onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
        onBlur={onBlur}
      />
    );
  }
  if (input.type === 'scalar-unit.size') {
    const { amount, unit } = splitSize(text);
    return (
      <div className="flex gap-2">
        <TextInput
          {...said}
          inputMode="decimal"
          value={amount}
          onChange={(event) => onChange(event.target.value === '' ? '' : `${event.target.value} ${unit}`)}
          onBlur={onBlur}
        />
        <Select
          aria-label={t('input.unit', { label: input.label })}
          className="w-24 shrink-0"
          value={sizeUnits.find((each) => each.toLowerCase() === unit.toLowerCase()) ?? 'GiB'}
          onChange={(event) => onChange(`${amount} ${event.target.value}`)}
        >
          {sizeUnits.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      </div>
    );
  }
  const numeric = input.type === 'integer' || input.type === 'float';
  return (
    <TextInput
      {...said}
      inputMode={input.type === 'integer' ? 'numeric' : numeric ? 'decimal' : undefined}
      spellCheck={false}
      autoComplete="off"
      placeholder={input.widget === 'cidr' ? '10.0.0.0/24' : undefined}
      value={text}
      className={numeric ? 'max-w-40' : undefined}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  );
}
