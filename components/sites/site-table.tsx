'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Remedies } from '@/components/shared/site-remedies';
import { useViewer } from '@/components/shared/use-viewer';
import { Card } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';
import { toneOfAccess } from './access';
import { DowntimeLine } from './downtimes';

/** Sites, a row each: access with its reason, what is free, what it can do, and the button that mends what is missing. */
export function SiteTable({ sites }: { sites: SiteView[] }) {
  const { t } = useLanguage();
  return (
    <Card className="overflow-hidden">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{t('sites.title')}</caption>
        <thead className="max-md:sr-only">
          <tr className="h-10 border-b border-line text-xs text-ink-3 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col">{t('sites.site')}</th>
            <th scope="col">{t('sites.access')}</th>
            <th scope="col">{t('sites.free')}</th>
            <th scope="col">{t('sites.can')}</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => (
            <SiteRow key={site.id} site={site} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function SiteRow({ site }: { site: SiteView }) {
  const { t, said } = useLanguage();
  const signedIn = useViewer().state === 'signed-in';
  const can = (['leases', 'bareMetal', 'volumes'] as const).filter((feature) => site.features[feature]);
  return (
    <tr className="border-b border-line align-top last:border-0 max-md:grid max-md:grid-cols-1 max-md:gap-2 max-md:py-3 [&>td]:px-4 md:[&>td]:py-3.5">
      <td className="md:w-64">
        <Link href={`/sites/${encodeURIComponent(site.id)}`} className="font-medium text-ink hover:text-accent hover:underline">
          {site.name}
        </Link>
        {site.sandbox && <span className="ml-2 text-xs text-warn">{t('sandbox.mark')}</span>}
        <p className="text-xs text-ink-3">
          {[site.city, site.country].filter(Boolean).join(', ')}
          {site.city || site.country ? ' · ' : ''}
          {t(`provider.${site.provider}`)}
        </p>
        {site.goneSince && <p className="text-xs text-warn">{t('sites.gone')}</p>}
        <DowntimeLine downtimes={site.downtimes} />
      </td>
      <td className="md:max-w-md">
        <Status tone={toneOfAccess(site.access)}>{t(`access.${site.access}`)}</Status>
        {site.access === 'ready' ? (
          <p className="text-xs text-ink-2">{[...new Set(site.projects.map(({ name }) => name))].join(', ')}</p>
        ) : (
          site.reason && (
            <p className="mt-0.5 text-xs text-ink-2 [overflow-wrap:anywhere]">
              {[site.reason.detail, site.reason.remedy].flatMap((text) => (text ? [said(text)] : [])).join(' ')}
            </p>
          )
        )}
        <Remedies site={site} signedIn={signedIn} />
      </td>
      <td className="md:w-52">{signedIn && (site.access === 'ready' || site.access === 'unknown') && <Free site={site} />}</td>
      <td className="md:w-48">
        <span className="flex flex-wrap gap-1">
          {can.map((feature) => (
            <Tag key={feature}>{t(`feature.${feature}`)}</Tag>
          ))}
        </span>
      </td>
    </tr>
  );
}

function Free({ site }: { site: SiteView }) {
  const { t, said, format } = useLanguage();
  const { data, isError } = useQuery({ ...queries.summaries(), select: ({ items }) => items.find((line) => line.site === site.id) });
  if ((isError && !data) || (data?.problem && data.asOf === null && !data.quotas)) {
    return <span className="text-xs text-ink-3">{t('sites.notRead')}</span>;
  }
  const offers = [
    typeof data?.flavors === 'number' && t('sites.flavors', { count: data.flavors }),
    typeof data?.images === 'number' && t('sites.images', { count: data.images }),
    typeof data?.latencyMs === 'number' && `${format.number(data.latencyMs)} ms`,
  ];
  const text = (name: 'cores' | 'ramMiB' | 'instances') => {
    const quota = data?.quotas?.[name];
    if (!quota) return data && !data.refreshing ? '–' : '…';
    if (quota.limit === null) return t('quota.noLimit');
    const free = Math.max(0, quota.limit - quota.used);
    return name === 'ramMiB' ? format.memory(free) : format.number(free);
  };
  return (
    <dl className="grid grid-cols-3 gap-2 text-xs tabular-nums">
      {(['cores', 'ramMiB', 'instances'] as const).map((name) => (
        <div key={name}>
          <dt className="text-ink-3">{t(`quota.${name}`)}</dt>
          <dd className="font-medium text-ink">{text(name)}</dd>
        </div>
      ))}
      <div className="col-span-3">
        <dt className="sr-only">{t('sites.offers')}</dt>
        <dd className="min-h-4 text-ink-2">{offers.filter(Boolean).join(' · ')}</dd>
        {data?.quotasSince && (
          <dd className="text-warn">
            {t('quota.since')} <Ago iso={data.quotasSince} />
          </dd>
        )}
        {data?.asOf && data.problem && (
          <dd className="text-ink-3" title={said(data.problem.detail)}>
            {t('sites.asOf')} <Ago iso={data.asOf} />
          </dd>
        )}
      </div>
    </dl>
  );
}
