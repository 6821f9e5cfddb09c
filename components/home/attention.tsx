'use client';

import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';

/** Deployments that cannot go on without the person. */
export function Attention({ deployments }: { deployments: DeploymentSummary[] }) {
  const { t, said } = useLanguage();
  const waiting = deployments.filter((each) => each.state === 'failed' || each.state === 'degraded');
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t('home.attention', { count: waiting.length })} className="grid gap-3 md:grid-cols-2">
      {waiting.slice(0, 4).map((each) => (
        <Notice
          key={each.id}
          tone={each.state === 'failed' ? 'bad' : 'warn'}
          title={each.name}
          action={
            <Link href={`/deployments/${each.id}`} className={buttonClass('secondary', 'min-h-8')}>
              {t('home.seeWhat')}
            </Link>
          }
        >
          {each.state === 'failed'
            ? t('home.failed', { recipe: said(each.recipeName) })
            : t('home.degraded', { ready: each.nodes.ready, total: each.nodes.total })}
        </Notice>
      ))}
    </section>
  );
}
