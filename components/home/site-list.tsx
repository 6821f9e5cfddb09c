'use client';

import { ArrowLeftRight, ChevronRight } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { quotaBars } from '@/components/shared/quota/quota-bars';
import { QuotaMeter } from '@/components/shared/quota/quota-meter';
import { keepSite } from '@/components/shared/with-query';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Status, ToneIcon } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import type { SiteSummary, SiteView } from '@/lib/api/contract/sites';
import type { Together } from './cockpit';

interface SiteListProps {
  sites: SiteView[];
  deployments: DeploymentSummary[];
  summaries: readonly SiteSummary[];
  ways: Together;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** The map in words: each site with how much stands there and is left; one opens to its deployments, its quota and a way to deploy there. */
export function SiteList({ sites, ways, chosen, onChoose, ...told }: SiteListProps) {
  const { t } = useLanguage();
  return (
    <Section id="my-sites" title={t('home.sites')} note={t('home.sitesNote')}>
      {sites.length === 0 && <p className="p-5 text-sm text-ink-2">{t('home.noSites')}</p>}
      <ul className="divide-y divide-line">
        {sites.map((site) => (
          <SiteLine key={site.id} site={site} open={site.id === chosen} onToggle={() => onChoose(site.id)} {...told} />
        ))}
      </ul>
      {ways.length > 0 && (
        <div className="border-t border-line px-5 py-3">
          <h3 className="text-xs font-medium text-ink-3">{t('home.together')}</h3>
          <ul className="mt-1.5 space-y-1.5">
            {ways.map((way) => (
              <Way key={way.id} way={way} sites={sites} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

function Way({
  way: {
    name,
    href,
    tone,
    sites: [from = '', to = ''],
  },
  sites,
}: {
  way: Together[number];
  sites: SiteView[];
}) {
  const { t } = useLanguage();
  const nameOf = (id: string) => sites.find((site) => site.id === id)?.name ?? id;
  return (
    <li className="flex min-h-6 items-center gap-2.5 text-sm">
      <ArrowLeftRight aria-hidden className="size-4 shrink-0 text-ink-3" />
      <Link href={href} className="min-w-0 truncate font-medium text-ink hover:text-accent hover:underline">
        {name}
      </Link>
      <span className="min-w-0 truncate text-xs text-ink-3 max-sm:hidden">{t('home.between', { from: nameOf(from), to: nameOf(to) })}</span>
      <ToneIcon tone={tone} className="ml-auto" />
      <span className="sr-only">{t(`tone.${tone}`)}</span>
    </li>
  );
}

interface SiteLineProps extends Pick<SiteListProps, 'deployments' | 'summaries'> {
  site: SiteView;
  open: boolean;
  onToggle: () => void;
}

function SiteLine({ site, open, onToggle, deployments, summaries }: SiteLineProps) {
  const { t } = useLanguage();
  const here = deployments.filter((each) => each.sites.includes(site.id));
  const quotas = summaries.find((line) => line.site === site.id && line.quotas !== null)?.quotas;
  const cores = quotas?.cores;
  const worst = (['bad', 'warn', 'busy'] as const).find((tone) => here.some((each) => toneOfStanding(each) === tone));
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex min-h-12 w-full items-center gap-3 px-5 py-2 text-left text-sm -outline-offset-2 hover:bg-hover/60"
      >
        <ToneIcon tone={worst ?? (here.length > 0 ? 'ok' : 'waiting')} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-ink">{site.name}</span>
          <span className="block truncate text-xs text-ink-3">{t('map.deployments', { count: here.length })}</span>
        </span>
        {cores && (
          <span className="text-xs text-ink-2 tabular-nums">
            {cores.limit === null ? t('quota.noLimit') : t('home.freeCores', { count: Math.max(0, cores.limit - cores.used) })}
          </span>
        )}
        <ChevronRight aria-hidden className={cn('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')} />
      </button>
      {open && (
        <div className="grid gap-5 border-t border-line bg-sunken/50 px-5 py-4 sm:grid-cols-2">
          <div className="min-w-0">
            {here.length === 0 && <p className="text-sm text-ink-2">{t('home.nothingThere')}</p>}
            <ul className="space-y-2">
              {here.slice(0, 8).map((each) => (
                <li key={each.id} className="flex items-center justify-between gap-3 text-sm">
                  <Link
                    href={`/deployments/${each.id}`}
                    className="min-w-0 truncate font-medium text-ink hover:text-accent hover:underline"
                  >
                    {each.name}
                  </Link>
                  <Status tone={toneOfStanding(each)}>{t(`state.${standingOf(each)}`)}</Status>
                </li>
              ))}
            </ul>
            <p className="mt-3 flex flex-wrap gap-2">
              {site.access === 'ready' && (
                <Link href={keepSite('/recipes', site.id)} className={buttonClass('primary', 'min-h-8')}>
                  {t('sites.deployThere')}
                </Link>
              )}
              <Link href={`/sites/${encodeURIComponent(site.id)}`} className={buttonClass('secondary', 'min-h-8')}>
                {t('sites.site')}
              </Link>
            </p>
          </div>
          <ul className="space-y-3">
            {quotaBars(quotas ?? {}, undefined)
              .filter(({ name }) => name !== 'floatingIps')
              .map((bar) => (
                <QuotaMeter key={bar.name} bar={bar} />
              ))}
          </ul>
        </div>
      )}
    </li>
  );
}
