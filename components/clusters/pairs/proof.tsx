'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ProblemCard } from '@/components/ui/problem';
import { Notice, ToneIcon } from '@/components/ui/tone';
import type { PairView, ProofView } from '@/lib/api/contract/pairs';
import { asksToken, blockedBy, TokenField, withToken } from './pair-token';
import { isProving, pairPath } from './queries';

const evidence = ['originJob', 'workerJob', 'workerOutput', 'originOutput'] as const;

/** The proof that work crosses: begun here, followed hop by hop, and what it found. */
export function Proof({ pair, id }: { pair: PairView; id: string }) {
  const t = useT();
  const [token, setToken] = useState('');
  const prove = useWrite<PairView>(['pairs']);
  const goesOn = isProving(pair) || prove.isPending;
  const begin = () => prove.mutate({ method: 'POST', path: pairPath(id, '/proof'), body: withToken(token) });
  return (
    <Section
      id="proof"
      title={t('pairs.proof')}
      aside={
        pair.state === 'standing' && (
          <Button look="primary" busy={goesOn} blocked={goesOn ? undefined : blockedBy(t, pair, token)} onClick={begin}>
            {t(pair.proof ? 'pairs.proveAgain' : 'pairs.prove')}
          </Button>
        )
      }
    >
      <div className="space-y-4 p-4 sm:p-5">
        <p className="max-w-2xl text-sm text-ink-2">{t('pairs.proofNote')}</p>
        {asksToken(pair) && !goesOn && <TokenField id="proof-token" help={t('pairToken.proofHelp')} value={token} onChange={setToken} />}
        <Refused error={prove.error} />
        {pair.proof && <Hops proof={pair.proof} />}
      </div>
    </Section>
  );
}

function Hops({ proof }: { proof: ProofView }) {
  const { t, format } = useLanguage();
  const seconds = (milliseconds: number) =>
    milliseconds < 10_000 ? `${format.number(milliseconds / 1000)} s` : format.duration(milliseconds / 1000);
  const whole = proof.hops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const over = proof.state === 'verified' || proof.state === 'failed';
  const first = proof.hops[0]?.from ?? (over ? null : proof.state);
  return (
    <div className="space-y-4" aria-live="polite">
      {proof.state === 'verified' && (
        <Notice tone="ok" title={t('pairs.verified')}>
          {t('pairs.took', { time: seconds(whole) })}
        </Notice>
      )}
      {proof.state === 'failed' && !proof.problem && (
        <Notice tone="bad" title={t('pairs.failed')}>
          {proof.failure && t(`pairs.failure.${proof.failure}`)}
        </Notice>
      )}
      {proof.problem && <ProblemCard problem={proof.problem} />}
      <ol className="space-y-2 text-sm">
        {first && <Hop hop={first} last={proof.hops.length === 0 && !over} />}
        {proof.hops.map(({ to, milliseconds }, index) => (
          <Hop key={to} hop={to} took={`+ ${seconds(milliseconds)}`} last={index === proof.hops.length - 1 && !over} />
        ))}
      </ol>
      {over && proof.endedAt === null && <p className="text-xs text-ink-2">{t('pairs.cleaning')}</p>}
      <Evidence found={proof.evidence} />
    </div>
  );
}

function Hop({ hop, took, last }: { hop: ProofView['state']; took?: string; last: boolean }) {
  const t = useT();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <ToneIcon tone={last ? 'busy' : 'ok'} />
      <span className="text-ink">{t(`pairs.hop.${hop}`)}</span>
      {took && <span className="tabular-nums text-ink-2">{took}</span>}
    </li>
  );
}

function Evidence({ found }: { found: Record<string, string> }) {
  const t = useT();
  const known = evidence.filter((each) => found[each]);
  if (known.length === 0) return null;
  return (
    <dl className="grid gap-x-6 gap-y-2 border-t border-line pt-4 text-xs sm:grid-cols-2">
      {known.map((each) => (
        <div key={each} className="min-w-0">
          <dt className="text-ink-3">{t(`pairs.evidence.${each}`)}</dt>
          <dd className="font-mono text-ink-2 [overflow-wrap:anywhere]">{found[each]}</dd>
        </div>
      ))}
    </dl>
  );
}
