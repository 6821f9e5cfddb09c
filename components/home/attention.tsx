'use client';

import { useLanguage } from '@/components/messages/provider';
import type { Translate } from '@/components/messages/types';
import { standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';

const shown = 4;

/** Deployments that cannot go on without the person, those of no use before those that work in part. */
export function Attention({ deployments }: { deployments: DeploymentSummary[] }) {
  const { t, said } = useLanguage();
  const waiting = deployments.filter((each) => each.state === 'failed' || each.state === 'degraded');
  if (waiting.length === 0) return null;
  const ofNoUse = waiting.filter((each) => toneOfStanding(each) === 'bad');
  const ordered = [...ofNoUse, ...waiting.filter((each) => !ofNoUse.includes(each))];
  return (
    <section aria-label={t('home.attention', { count: waiting.length })} className="grid gap-3 md:has-[>:nth-child(2)]:grid-cols-2">
      {ordered.slice(0, shown).map((each) => (
        <Notice
          key={each.id}
          tone={toneOfStanding(each) === 'bad' ? 'bad' : 'warn'}
          title={each.name}
          action={
            <Link href={`/deployments/${each.id}`} className={buttonClass('secondary', 'min-h-8')}>
              {t('home.seeWhat')}
            </Link>
          }
        >
          {sentenceOf(each, t, said(each.recipeName))}
        </Notice>
      ))}
      {waiting.length > shown && (
        <Link
          href="/deployments?state=attention"
          className="inline-flex min-h-6 items-center text-sm font-medium text-accent hover:underline"
        >
          {t('home.allAttention', { count: waiting.length })}
        </Link>
      )}
    </section>
  );
}

function sentenceOf(each: DeploymentSummary, t: Translate, recipe: string): string {
  switch (standingOf(each)) {
    case 'down':
      return t('home.down', { total: each.nodes.total });
    case 'stopped-amiss':
      return t('home.stoppedAmiss');
    case 'amiss':
      return t('home.amiss');
    case 'in-part':
      return t('home.inPart', { ready: each.nodes.ready, total: each.nodes.total });
    default:
      return t('home.failed', { recipe });
  }
}
