'use client';

import { useEffect, useRef, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { describedBy, Field, TextInput } from '@/components/ui/field';
import { readMoment } from './link-time';
import { fieldText, readField, textFor } from './wall-field';
import { useTimes } from './zone';

interface TimeFieldProps {
  id: string;
  label: string;
  /** ISO 8601; '' while what is typed is none; null where none is meant, so that nothing stands there */
  value: string | null;
  onChange: (iso: string) => void;
  /** what is wrong with it beside what it says itself */
  error?: string;
  help?: string;
  className?: string;
}

/**
 * A date and a time as the clocks of the person show them, with UTC below. On the night on which clocks change it says so, and lets the person say
 * which time is meant.
 */
export function TimeField({ id, label, value, onChange, error, help, className }: TimeFieldProps) {
  const t = useT();
  const times = useTimes();
  const moment = readMoment(value ?? '');
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => textFor('', value, times.zone));
  // what comes from elsewhere (a preset, another zone) is shown; what is being typed stays
  useEffect(() => {
    setText((typed) => textFor(typed, value, times.zone));
    // half a date is no value, and stays in the field of a browser all the same
    if (value === null && input.current) input.current.value = '';
  }, [value, times.zone]);
  const read = readField(text, times.zone, moment);
  const take = (at: number) => {
    setText(fieldText(at, times.zone));
    onChange(new Date(at).toISOString());
  };
  const type = (typed: string) => {
    setText(typed);
    const now = readField(typed, times.zone);
    onChange(now.is === 'moment' ? new Date(now.at).toISOString() : '');
  };
  const complaint =
    read.is === 'missing'
      ? t('leaseTime.missing', { time: read.told, zone: times.zone })
      : read.is === 'twice'
        ? t('leaseTime.twice', { time: read.told, zone: times.zone })
        : error;
  const utc = read.is === 'moment' ? times.utcMoment(read.at) : help;
  return (
    <Field id={id} label={label} error={complaint} help={utc} className={className}>
      <TextInput
        ref={input}
        {...describedBy(id, utc, complaint)}
        type="datetime-local"
        value={text}
        onChange={(event) => type(event.target.value)}
        className="tabular-nums"
      />
      {read.is === 'twice' && (
        <div className="mt-2 flex flex-wrap gap-2">
          {read.choices.map(({ at, offset }) => (
            <Button key={offset} className="min-h-8 text-xs" onClick={() => take(at)}>
              {t('leaseTime.choose', { offset, utc: times.utcMoment(at) })}
            </Button>
          ))}
        </div>
      )}
      {read.is === 'missing' && (
        <Button className="mt-2 min-h-8 text-xs" onClick={() => take(read.next)}>
          {t('leaseTime.next', { time: times.clock(read.next) })}
        </Button>
      )}
    </Field>
  );
}
