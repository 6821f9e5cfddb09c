'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { type describedBy, TextInput } from '@/components/ui/field';
import type { FormInput } from '@/lib/catalog/types';

interface SecretControlProps {
  input: FormInput;
  text: string;
  said: ReturnType<typeof describedBy>;
  onChange: (text: string) => void;
  onBlur: () => void;
}

/** A secret: made by Transat unless the person wants one of their own; hidden while typed. */
export function SecretControl({ input, text, said, onChange, onBlur }: SecretControlProps) {
  const t = useT();
  const [own, setOwn] = useState(text !== '' || !input.generated);
  const [shown, show] = useState(false);
  if (!own) {
    return (
      <div className="flex min-h-9 items-center justify-between gap-3 rounded-lg border border-dashed border-line-strong py-1 pr-1 pl-3 text-sm text-ink-2">
        {t('input.madeForYou')}
        <Button id={said.id} look="ghost" className="min-h-7 px-2.5 text-xs" onClick={() => setOwn(true)}>
          {t('input.ownSecret')}
        </Button>
      </div>
    );
  }
  return (
    <div className="space-y-1.5">
      <div className="relative">
        <TextInput
          {...said}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
          className="pr-10"
        />
        <button
          type="button"
          aria-pressed={shown}
          onClick={() => show(!shown)}
          className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-md text-ink-2 hover:bg-hover"
        >
          {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          <span className="sr-only">{t('input.show')}</span>
        </button>
      </div>
      {input.generated && (
        <button
          type="button"
          className="min-h-6 text-xs font-medium text-accent hover:underline"
          onClick={() => {
            onChange('');
            setOwn(false);
          }}
        >
          {t('input.makeForMe')}
        </button>
      )}
    </div>
  );
}
