'use client';

import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { ProblemCard } from '@/components/ui/problem';
import { Notice, ToneIcon } from '@/components/ui/tone';
import type { PairPlanView } from '@/lib/api/contract/pairs';
import { findingWords } from './finding-words';

/** What both sides say to a pair: what stands against it with what mends it, and what would be made. */
export function PairPlan({ plan }: { plan: PairPlanView }) {
  const t = useT();
  return (
    <>
      {plan.refused && (
        <div role="alert">
          <Notice tone="bad" title={t(`pairs.refused.${plan.refused}`)}>
            {t(`pairs.mend.${plan.refused}`)}
          </Notice>
        </div>
      )}
      <Section id="sides" title={t('pairs.sides')}>
        <div className="grid divide-line max-lg:divide-y lg:grid-cols-2 lg:divide-x">
          {plan.sides.map((side) => (
            <Side key={side.side} side={side} />
          ))}
        </div>
      </Section>
      {plan.calls.length > 0 && <Calls calls={plan.calls} />}
    </>
  );
}

function Side({ side: { side, cluster, findings, problem } }: { side: PairPlanView['sides'][number] }) {
  const t = useT();
  return (
    <div className="min-w-0 space-y-3 p-4 sm:p-5">
      <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
        {cluster.name} <Tag>{t(`pairs.role.${side}`)}</Tag> {cluster.dialect && <Tag>OSCAR {cluster.dialect}</Tag>}
      </h3>
      {problem && <ProblemCard problem={problem} />}
      {!problem && findings.length === 0 && (
        <p className="flex items-center gap-2 text-sm text-ink-2">
          <ToneIcon tone="ok" />
          {t('pairs.clear')}
        </p>
      )}
      <ul className="space-y-3">
        {findings.map((finding) => {
          const { what, mend } = findingWords(t, finding);
          return (
            <li key={what} className="flex gap-2 text-sm">
              <ToneIcon tone={finding.severity === 'error' ? 'bad' : 'warn'} className="mt-0.5" />
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p className="font-medium text-ink">{what}</p>
                <p className="text-ink-2">{mend}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Calls({ calls }: { calls: PairPlanView['calls'] }) {
  const t = useT();
  return (
    <Section id="plan" title={t('pairs.plan')} note={t('pairs.planNote')}>
      <ol className="divide-y divide-line">
        {calls.map(({ side, cluster, does, undo }, index) => (
          <li key={`${side} ${does}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3 text-sm sm:px-5">
            <span className="tabular-nums text-ink-3">{index + 1}</span>
            <span className="font-medium text-ink">{cluster}</span>
            <span className="text-ink-2">{t(`pairs.call.${does === 'update' && side === 'worker' ? 'copy' : does}`)}</span>
            {undo && <span className="text-xs text-ink-3">{t(`pairs.undo.${undo}`)}</span>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
