'use client';

import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { BackLink } from '@/components/ui/back-link';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { ScrollBox } from '@/components/ui/scroll-box';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Tabs } from '@/components/ui/tabs';
import { Notice } from '@/components/ui/tone';
import type { OneServiceView } from '@/lib/api/contract/services';
import { DropFiles } from '../buckets/drop-files';
import { placeOf } from '../buckets/place';
import { clusterPath, clusterQueries } from '../queries';
import { workQueries } from '../work-queries';
import { Console } from './console';
import { Exports } from './exports';
import { Jobs } from './jobs';
import { serviceFormPage, visibilityKey } from './services-tab';
import { UseTab } from './use-tab';

/** One service: its jobs as they go, a place to put files for it, a console, what it is, and how it is had from a command line. */
export function ServicePage({ cluster, name }: { cluster: string; name: string }) {
  const t = useT();
  const view = useQuery(clusterQueries.one(cluster));
  const query = useQuery(workQueries.service(cluster, name));
  return (
    <Page wide>
      <BackLink href={`/clusters/${cluster}`}>{view.data?.name ?? t('clusters.one')}</BackLink>
      {!query.data && <h1 className="sr-only">{name}</h1>}
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {(service) => <Service cluster={cluster} service={service} />}
      </Loaded>
    </Page>
  );
}

function Service({ cluster, service }: { cluster: string; service: OneServiceView }) {
  const t = useT();
  const url = useUrlState();
  const router = useRouter();
  const { name } = service;
  const views = ['jobs', 'console', 'use', 'definition', 'export'] as const;
  const view = views.find((each) => each === url.get('view')) ?? 'jobs';
  const contents = {
    jobs: <Work cluster={cluster} service={service} />,
    console: <Console cluster={cluster} service={service} />,
    use: <UseTab cluster={cluster} service={name} />,
    definition: <Definition service={service} />,
    export: <Exports cluster={cluster} name={name} />,
  };
  return (
    <>
      <PageTitle
        title={name}
        note={service.image}
        actions={
          <>
            <Link href={serviceFormPage(cluster, { of: name })} className={buttonClass()}>
              <Pencil aria-hidden />
              {t('services.edit')}
            </Link>
            <ConfirmDelete
              name={name}
              path={clusterPath(cluster, 'services', name)}
              keys={['clusters']}
              onDone={() => router.push(`/clusters/${cluster}`)}
            >
              {t('services.deleteNote')}
            </ConfirmDelete>
          </>
        }
      />
      {service.deployment && service.deployment.state !== 'ready' && (
        <div className="mb-5">
          <Notice tone="warn" title={t('services.deploymentState', { state: t(`services.is.${service.deployment.state}`) })}>
            <span lang="en">{service.deployment.reason}</span>
          </Notice>
        </div>
      )}
      <Tabs
        label={t('services.views')}
        value={view}
        onChange={(next) => url.set({ view: next === 'jobs' ? null : next })}
        tabs={views.map((value) => ({ value, label: t(`services.view.${value}`), content: contents[value] }))}
      />
    </>
  );
}

function Work({ cluster, service }: { cluster: string; service: OneServiceView }) {
  const t = useT();
  const [input] = service.input;
  const place = input && placeOf(input.path);
  return (
    <div className="grid gap-5 lg:grid-cols-[2fr_1fr]">
      <Jobs cluster={cluster} service={service} />
      <div className="space-y-5">
        {place && <DropFiles cluster={cluster} bucket={place.bucket} folder={place.folder} note={t('services.dropNote')} />}
        <Section id="places" title={t('services.places')}>
          <ul className="divide-y divide-line text-sm">
            {[
              ...service.input.map((each) => ({ ...each, what: 'input' as const })),
              ...service.output.map((each) => ({ ...each, what: 'output' as const })),
            ].map(({ what, path, provider }) => {
              const at = placeOf(path);
              const own = provider === 'minio' || provider === 'minio.default';
              return (
                <li key={what + provider + path} className="flex items-baseline justify-between gap-3 px-4 py-3 sm:px-5">
                  <span className="text-ink-2">{t(`serviceForm.${what}`)}</span>
                  {own ? (
                    <Link
                      href={`/clusters/${cluster}/buckets/${at.bucket}?folder=${encodeURIComponent(at.folder)}`}
                      className="min-w-0 font-mono text-xs text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
                    >
                      {path}
                    </Link>
                  ) : (
                    <span className="font-mono text-xs text-ink [overflow-wrap:anywhere]">{`${provider} ${path}`}</span>
                  )}
                </li>
              );
            })}
          </ul>
        </Section>
      </div>
    </div>
  );
}

function Definition({ service }: { service: OneServiceView }) {
  const t = useT();
  const rows: [label: string, value: string][] = [
    [t('serviceForm.image'), service.image],
    [t('serviceForm.cpu'), service.cpu],
    [t('serviceForm.memory'), service.memory],
    [
      t('serviceForm.variables'),
      Object.entries(service.variables)
        .map(([key, value]) => `${key}=${value}`)
        .join('\n'),
    ],
    [t('serviceForm.secrets'), service.secrets.map((key) => `${key}=***`).join('\n')],
    [t('services.owner'), service.owner],
    [t('serviceForm.vo'), service.vo],
    [t('serviceForm.interLinkNode'), service.interLinkNode],
    [t('serviceForm.volume'), service.volume ? `${service.volume.name || service.name} ${service.volume.mountPath}` : ''],
    [t('services.sharedWith'), service.members.map(({ cluster, service: other }) => `${cluster} (${other})`).join('\n')],
    [
      t('services.stores'),
      Object.entries(service.stores)
        .map(([id, at]) => `${id}: ${at}`)
        .join('\n'),
    ],
  ];
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Section id="definition" title={t('services.view.definition')} aside={<Tag>{t(visibilityKey(service.visibility))}</Tag>}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 p-4 text-sm sm:p-5">
          {rows
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <div key={label} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd className="min-w-0 whitespace-pre-line text-ink [overflow-wrap:anywhere]">{value}</dd>
              </div>
            ))}
        </dl>
      </Section>
      <Section id="script" title={t('serviceForm.script')}>
        <ScrollBox className="max-h-96 overflow-auto p-4 sm:p-5">
          <pre className="font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{service.script}</pre>
        </ScrollBox>
      </Section>
    </div>
  );
}
