'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import type { Translate } from '@/components/messages/types';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { describedBy, Field, TextInput } from '@/components/ui/field';
import type { PairView } from '@/lib/api/contract/pairs';
import { pairPath } from './queries';

/** Whether a pair's origin takes a change only with a refresh token, and none is kept. */
export const asksToken = ({ origin, token }: PairView): boolean => origin.dialect === '4.1' && token === null;

interface TokenFieldProps {
  id: string;
  help: string;
  value: string;
  onChange: (token: string) => void;
}

/** Where a refresh token is typed in. */
export function TokenField({ id, help, value, onChange }: TokenFieldProps) {
  const t = useT();
  return (
    <Field id={id} label={t('pairs.token')} help={`${help} ${t('pairs.tokenFrom')}`} className="max-w-md">
      <TextInput
        {...describedBy(id, true, false)}
        id={id}
        type="password"
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value.trim())}
      />
    </Field>
  );
}

/** Why something can't be done yet that takes a token. */
export const blockedBy = (t: Translate, pair: PairView, token: string): string | undefined =>
  asksToken(pair) && token === '' ? t('pairToken.first') : undefined;

/** What of a body is a typed token. */
export const withToken = (token: string): { refreshToken?: string } => (token === '' ? {} : { refreshToken: token });

/** Of a pair whose origin is of 4.1: whether its refresh token is kept, and what is done about that. */
export function PairToken({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const [token, setToken] = useState('');
  const write = useWrite<PairView>(['pairs'], () => setToken(''));
  if (pair.origin.dialect !== '4.1') return null;
  const path = pairPath(id, '/token');
  return (
    <div className="space-y-3 border-t border-line pt-4 text-sm">
      <h3 className="font-medium text-ink">{t('pairToken.title')}</h3>
      <p className="max-w-2xl text-ink-2">{t(`pairToken.is.${pair.token ?? 'none'}`)}</p>
      {pair.token === null && (
        <TokenField id="kept-token" help={t('pairToken.keepHelp', { origin: pair.origin.name })} value={token} onChange={setToken} />
      )}
      {pair.token === null ? (
        <Button
          busy={write.isPending}
          blocked={blockedBy(t, pair, token)}
          onClick={() => write.mutate({ method: 'POST', path, body: { refreshToken: token } })}
        >
          {t('pairToken.keep')}
        </Button>
      ) : (
        pair.drain?.side !== 'origin' && (
          <ConfirmDelete name={t('pairToken.named', { name: pair.name })} path={path} keys={['pairs']} action={t('pairToken.forget')}>
            <p>{t('pairToken.forgetNote')}</p>
          </ConfirmDelete>
        )
      )}
      <Refused error={write.error} />
    </div>
  );
}
