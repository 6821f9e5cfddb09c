'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { queries, readFacts } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { quotaBars } from '@/components/shared/quota/quota-bars';
import { QuotaMeter } from '@/components/shared/quota/quota-meter';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Field, Select } from '@/components/ui/field';
import { Fixed } from '@/components/ui/fixed';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { SiteFactsView, SiteView } from '@/lib/api/contract/sites';
import { SiteExtras } from './site-extras';

/** What is at a site now, for one project: quotas, flavors, images, networks; parts that could not be read say why. */
export function SiteFacts({ site, children }: { site: SiteView; children: ReactNode }) {
  const { t } = useLanguage();
  const url = useUrlState();
  const project = site.projects.find((each) => each.id === url.get('project')) ?? site.projects[0];
  const client = useQueryClient();
  const options = queries.facts(site.id, project?.id);
  const query = useQuery(options);
  const refresh = useMutation({
    mutationFn: () => readFacts(site.id, { project: project?.id, refresh: true }),
    onSuccess: (facts) => client.setQueryData(options.queryKey, facts),
  });
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        {site.projects.length > 1 ? (
          <Field id="project" label={t('sites.project')}>
            <Select id="project" value={project?.id} onChange={(event) => url.set({ project: event.target.value })}>
              {site.projects.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </Select>
          </Field>
        ) : (
          <p className="text-sm text-ink-2">{project && t('placement.project', { name: project.name })}</p>
        )}
        <p className="flex items-center gap-2 text-xs text-ink-3">
          {query.data && (
            <span>
              {t('sites.asOf')} <Ago iso={query.data.asOf} />
            </span>
          )}
          <Button look="ghost" className="min-h-8" busy={refresh.isPending} onClick={() => refresh.mutate()}>
            {!refresh.isPending && <RefreshCw aria-hidden />}
            {t('sites.refresh')}
          </Button>
        </p>
      </div>
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {(facts) => <Facts facts={facts}>{children}</Facts>}
      </Loaded>
    </>
  );
}

/** The parts of a site's facts that have a word in each language. */
const parts = [
  'flavors',
  'images',
  'networks',
  'compute-quota',
  'network-quota',
  'volume-quota',
  'availability-zones',
  'volume-types',
  'reservable-hosts',
  'hosts-for-leases',
  'all',
] as const;

function partKey(part: string): (typeof parts)[number] {
  const key = part.replaceAll(' ', '-');
  return parts.find((each) => each === key) ?? 'all';
}

function Facts({ facts, children }: { facts: SiteFactsView; children: ReactNode }) {
  const { t, said, format } = useLanguage();
  return (
    <div className="space-y-5">
      {facts.gaps.map((gap) => (
        <Notice key={gap.part} tone="warn" title={t(gap.since ? 'sites.gapOld' : 'sites.gap', { part: t(`part.${partKey(gap.part)}`) })}>
          {gap.since && (
            <span className="block">
              {t('sites.gapSince')} <Ago iso={gap.since} />
            </span>
          )}
          {said(gap.problem.detail)} {said(gap.problem.remedy ?? '')}
        </Notice>
      ))}
      <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div className="min-w-0 space-y-5">
          <Section id="quotas" title={t('sites.quotas')}>
            <ul className="space-y-3.5 p-5">
              {quotaBars(facts.quotas, undefined, true).map((bar) => (
                <QuotaMeter key={bar.name} bar={bar} />
              ))}
            </ul>
          </Section>
          <SiteExtras facts={facts} />
          {children}
        </div>
        <div className="min-w-0 space-y-5">
          <Table
            title={t('sites.flavors', { count: facts.flavors.length })}
            id="flavors"
            head={[t('sites.name'), t('quota.cores'), t('quota.ramMiB'), t('sites.disk')]}
            rows={facts.flavors
              .toSorted((a, b) => a.vcpus - b.vcpus || a.ramMiB - b.ramMiB)
              .map((flavor) => ({
                id: flavor.id,
                cells: [
                  <FlavorName key="name" flavor={flavor} />,
                  format.number(flavor.vcpus),
                  format.memory(flavor.ramMiB),
                  `${format.number(flavor.diskGiB)} GiB`,
                ],
              }))}
          />
          <Table
            title={t('sites.images', { count: facts.images.length })}
            id="images"
            head={[t('sites.name'), t('sites.system'), t('sites.architecture'), t('sites.login'), t('deployments.created')]}
            rows={facts.images.map((image) => ({
              id: image.id,
              cells: [
                image.from === 'shared'
                  ? t('placement.imageShared', { name: image.name })
                  : image.snapshot
                    ? t('placement.imageSnapshot', { name: image.name })
                    : image.name,
                [image.distro, image.version].filter(Boolean).join(' ') || '–',
                image.architecture ?? '–',
                image.loginUser,
                image.createdAt ? format.day(image.createdAt) : '–',
              ],
            }))}
          />
          <Table
            title={t('sites.networks', { count: facts.networks.length })}
            id="networks"
            head={[t('sites.name'), t('sites.ranges'), t('sites.leads')]}
            rows={facts.networks.map((network) => ({
              id: network.id,
              cells: [
                network.name,
                network.subnets.map((subnet) => subnet.cidr).join(', ') || '–',
                network.external ? t('sites.outside') : network.shared ? t('sites.shared') : t('sites.inside'),
              ],
            }))}
          />
        </div>
      </div>
    </div>
  );
}

function FlavorName({ flavor }: { flavor: SiteFactsView['flavors'][number] }) {
  const { t } = useLanguage();
  return (
    <>
      {flavor.name} {flavor.bareMetal && <Tag>{t('feature.bareMetal')}</Tag>}{' '}
      {flavor.gpus ? <Tag>{t('sites.gpus', { count: flavor.gpus })}</Tag> : null}
    </>
  );
}

interface TableProps {
  id: string;
  title: string;
  head: string[];
  rows: { id: string; cells: ReactNode[] }[];
}

function Table({ id, title, head, rows }: TableProps) {
  return (
    <Section id={id} title={title}>
      <ScrollBox className="max-h-96 overflow-auto">
        <table className="w-full text-left text-sm">
          <thead>
            <tr className="text-xs text-ink-3 [&>th]:sticky [&>th]:top-0 [&>th]:bg-surface [&>th]:px-5 [&>th]:py-2 [&>th]:font-medium">
              {head.map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.id} className="text-ink-2">
                <Fixed items={row.cells}>{(cell) => <td className="px-5 py-2 tabular-nums">{cell}</td>}</Fixed>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  );
}
