'use client';

import type { ReactNode } from 'react';
import { useLanguage, useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { CodeLine } from '@/components/ui/copy';
import { Link } from '@/components/ui/link';
import { Moment } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { ClusterStatusView, ClusterView } from '@/lib/api/contract/clusters';
import { CapacityBar } from './capacity-bar';
import { CompareCertificates } from './certificate';
import { ChangeImages } from './operation/allowed-images';
import { QuotaList } from './operation/quota-list';

/** What a cluster says of itself: its machines and what is free on each, its release, whom and what it takes. */
export function ClusterFacts({ cluster, told }: { cluster: ClusterView; told: ClusterStatusView }) {
  const t = useT();
  return (
    <div className="grid gap-5 lg:grid-cols-[3fr_2fr]">
      <Section id="capacity" title={t('clusters.capacity')} note={t('clusters.capacityNote')}>
        {told.capacity ? (
          <ul className="divide-y divide-line">
            {told.capacity.nodes.map((node) => (
              <li key={node.name} className="px-4 py-3.5 sm:px-5">
                <p className="mb-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                  <span className="font-mono text-xs text-ink [overflow-wrap:anywhere]">{node.name}</span>
                  <span className="flex flex-wrap items-center gap-1.5">
                    {node.gpus > 0 && <Tag>{t('sites.gpus', { count: node.gpus })}</Tag>}
                    {node.interLink && <Tag>interLink</Tag>}
                    <Status tone={node.ready ? 'ok' : 'bad'}>{t(node.ready ? 'clusters.ready' : 'clusters.notReady')}</Status>
                  </span>
                </p>
                <div className="grid gap-3 sm:grid-cols-2">
                  <CapacityBar what="cpu" total={node.milliCores} free={node.freeMilliCores} />
                  <CapacityBar what="memory" total={node.memoryBytes} free={node.freeMemoryBytes} />
                </div>
              </li>
            ))}
          </ul>
        ) : (
          <p className="px-5 py-4 text-sm text-ink-2">{t('clusters.notTold')}</p>
        )}
      </Section>
      <About cluster={cluster} told={told} />
    </div>
  );
}

function About({ cluster, told }: { cluster: ClusterView; told: ClusterStatusView }) {
  const { t } = useLanguage();
  const interLink = told.capacity?.nodes.filter((node) => node.interLink) ?? [];
  const list = (items: string[], none: string) => (items.length === 0 ? none : items.join(', '));
  return (
    <Section id="about" title={t('clusters.about')}>
      <div className="space-y-4 p-4 text-sm sm:p-5">
        <CodeLine text={cluster.endpoint} what={t('clusterForm.endpoint')} />
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          <Fact name={t('clusters.release')}>
            OSCAR {told.version || told.dialect}
            {told.kubernetes && ` · Kubernetes ${told.kubernetes}`}
            {told.architecture && ` · ${told.architecture}`}
          </Fact>
          <Fact name={t('clusters.signIn')}>
            {cluster.auth.kind === 'basic' ? t('clusters.byPassword', { user: cluster.auth.user }) : t('clusterForm.auth.oidc')}
          </Fact>
          <Fact name={t('clusters.synchronous')}>{told.serverless ?? t('clusters.noSynchronous')}</Fact>
          <Fact name="GPU · interLink">
            {t(told.gpu ? 'common.yes' : 'common.no')} · {t(told.interLink ? 'common.yes' : 'common.no')}
          </Fact>
          <Fact name={t('clusters.groups')}>{list(told.groups, '–')}</Fact>
          {interLink.length > 0 && <Fact name={t('clusters.interLink')}>{interLink.map(({ name }) => name).join(', ')}</Fact>}
          <Fact name={t('clusters.images')}>
            <span className="flex flex-wrap items-center justify-between gap-2">
              {list(told.allowedImages, t('clusters.anyImage'))}
              {told.may.images && <ChangeImages cluster={cluster.id} images={told.allowedImages} />}
            </span>
          </Fact>
          <Fact name={t('clusters.quotas')}>
            {told.quotas && told.quotas.length > 0 ? <QuotaList quotas={told.quotas} /> : t('clusters.noQuotas')}
          </Fact>
          {told.minio && <Fact name="MinIO">{told.minio}</Fact>}
          {cluster.endpoint.startsWith('https:') && (
            <Fact name={t('clusters.certificate')}>
              <CompareCertificates cluster={cluster} />
            </Fact>
          )}
          {cluster.deployment && (
            <Fact name={t('clusters.deployment')}>
              <Link href={`/deployments/${cluster.deployment}`} className="text-accent underline-offset-2 hover:underline">
                {t('clusters.toDeployment')}
              </Link>
            </Fact>
          )}
          {cluster.seenAt && (
            <Fact name={t('clusters.seen')}>
              <Moment iso={cluster.seenAt} />
            </Fact>
          )}
        </dl>
      </div>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
