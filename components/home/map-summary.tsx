'use client';

import { useLanguage } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import type { SiteView } from '@/lib/api/contract/sites';

/** The map in words: how much of mine runs, and where. */
export function MapSummary({ sites, deployments }: { sites: SiteView[]; deployments: DeploymentSummary[] }) {
  const { t, format } = useLanguage();
  const ready = deployments.filter((each) => each.state === 'ready' || each.state === 'degraded');
  const nodes = ready.reduce((sum, each) => sum + each.nodes.ready, 0);
  const used = new Set(deployments.flatMap((each) => each.sites));
  const figures = [
    [t('home.running'), format.number(ready.length), '/deployments?state=running'],
    [t('home.nodes'), format.number(nodes), '/deployments?state=running'],
    [t('home.sitesUsed'), format.number(used.size), '/sites'],
    [t('home.sitesReady'), format.number(sites.filter((site) => site.access === 'ready').length), '/sites?access=ready'],
  ] as const;
  return (
    <dl className="grid grid-cols-2 border-t border-line sm:grid-cols-4">
      {figures.map(([label, value, href]) => (
        <div key={label} className="relative flex flex-col-reverse px-5 py-3.5 hover:bg-hover/60">
          <dt className="text-xs text-ink-3">
            <Link href={href} className="after:absolute after:inset-0">
              {label}
            </Link>
          </dt>
          <dd className="text-xl font-semibold tracking-tight text-ink tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
