'use client';

import { useQuery } from '@tanstack/react-query';
import { FileUp, Plus, Workflow } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { ServiceView } from '@/lib/api/contract/services';
import { workQueries } from '../work-queries';

/** Addresses of the screens of a service. */
export const servicePage = (cluster: string, name: string) => `/clusters/${cluster}/services/${encodeURIComponent(name)}`;
export const serviceFormPage = (cluster: string, query: Record<string, string> = {}) =>
  `/clusters/${cluster}/service?${new URLSearchParams(query)}`;

/** The services of a cluster, and the ways to a new one. */
export function ServicesTab({ cluster }: { cluster: string }) {
  const t = useT();
  const query = useQuery(workQueries.services(cluster));
  const make = (
    <>
      <Link href={serviceFormPage(cluster, { import: '1' })} className={buttonClass()}>
        <FileUp aria-hidden />
        {t('services.import')}
      </Link>
      <Link href={serviceFormPage(cluster)} className={buttonClass('primary')}>
        <Plus aria-hidden />
        {t('services.new')}
      </Link>
    </>
  );
  return (
    <Section id="services" title={t('services.title')} note={t('services.note')} aside={<div className="flex flex-wrap gap-2">{make}</div>}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Workflow} title={t('services.none')}>
              {t('services.noneNote')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((service) => (
                <Row key={service.name} cluster={cluster} service={service} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Row({ cluster, service }: { cluster: string; service: ServiceView }) {
  const t = useT();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0">
        <Link href={servicePage(cluster, service.name)} className="font-medium text-ink underline-offset-4 hover:underline">
          {service.name}
        </Link>
        <p className="font-mono text-xs text-ink-2 [overflow-wrap:anywhere]">{service.image}</p>
      </div>
      <p className="flex flex-wrap gap-1.5">
        <Tag>{t('services.size', { cpu: service.cpu, memory: service.memory })}</Tag>
        {service.gpu && <Tag>GPU</Tag>}
        <Tag>{t(visibilityKey(service.visibility))}</Tag>
        {service.exposed && <Tag>{t('services.exposed')}</Tag>}
        {service.members.length > 0 && <Tag>{t('services.shared', { count: service.members.length })}</Tag>}
      </p>
    </li>
  );
}

/** The word for who may see a service or bucket. */
export function visibilityKey(visibility: string): `visibility.${'private' | 'restricted' | 'public'}` {
  return visibility === 'public' || visibility === 'restricted' ? `visibility.${visibility}` : 'visibility.private';
}
