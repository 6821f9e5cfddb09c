'use client';

import { useLanguage } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import { figuresOf } from './cockpit';

/** The map in words: how much of mine works, what needs me, and where it is. */
export function MapSummary({ deployments }: { deployments: DeploymentSummary[] }) {
  const { t, format } = useLanguage();
  const { working, needMe, ready, nodes, sites } = figuresOf(deployments);
  const figures = [
    [t('home.working', { count: deployments.length }), working, '/deployments', ''],
    [t('home.nodes', { count: nodes }), ready, '/deployments?state=running', ''],
    [t('home.needsMe', { count: needMe }), needMe, '/deployments?state=attention', needMe > 0 ? 'text-bad' : ''],
    [t('home.sitesUsed', { count: sites }), sites, '/sites', ''],
  ] as const;
  return (
    <dl className="grid grid-cols-2 border-t border-line sm:grid-cols-4">
      {figures.map(([label, value, href, colour]) => (
        <div key={href} className="relative flex flex-col-reverse px-5 py-3.5 hover:bg-hover/60">
          <dt className="text-xs text-ink-3">
            <Link href={href} className="after:absolute after:inset-0">
              {label}
            </Link>
          </dt>
          <dd className={cn('text-xl font-semibold tracking-tight tabular-nums', colour || 'text-ink')}>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
