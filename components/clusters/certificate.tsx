'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Moment } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { CertificateView, ClusterCertificateView, ClusterView } from '@/lib/api/contract/clusters';
import { clusterPath, clusterQueries } from './queries';

/** Shows the certificate that a cluster has now beside those that are trusted there; one that was renewed can be trusted in their place. */
export function CompareCertificates({ cluster }: { cluster: ClusterView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('clusters.certificateLook')}</Button>
      {open && <Compared cluster={cluster} onClose={() => setOpen(false)} />}
    </>
  );
}

function Compared({ cluster, onClose }: { cluster: ClusterView; onClose: () => void }) {
  const t = useT();
  const query = useQuery(clusterQueries.certificate(cluster.id));
  const trust = useWrite<ClusterView>(['clusters'], onClose);
  const { data } = query;
  // one that came with a deployment is known by what its node told
  const may = data?.ca && !isSame(data) && cluster.deployment === null;
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={t('clusters.certificate')}
      wide
      footer={
        <>
          <Button onClick={onClose}>{t('common.close')}</Button>
          {may && (
            <Button
              look="danger"
              busy={trust.isPending}
              onClick={() => trust.mutate({ method: 'PATCH', path: clusterPath(cluster.id), body: { ca: data.ca } })}
            >
              {t('clusters.certificateTrust')}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-5">
        <Loaded query={query} skeleton={<SkeletonLines lines={6} />}>
          {(told) => <Both told={told} />}
        </Loaded>
        {may && <Notice tone="warn">{t('clusters.certificateNote')}</Notice>}
        <Refused error={trust.error} />
      </div>
    </Dialog>
  );
}

const isSame = ({ shown, kept }: ClusterCertificateView) => kept.some(({ fingerprint }) => fingerprint === shown?.fingerprint);

function Both({ told }: { told: ClusterCertificateView }) {
  const t = useT();
  const { shown, kept } = told;
  return (
    <div className="space-y-5 text-sm text-ink-2">
      <section className="space-y-2">
        <h3 className="font-medium text-ink">{t('clusters.certificateShown')}</h3>
        {shown ? <One certificate={shown} /> : <p>{t('clusters.certificateNone')}</p>}
        {isSame(told) && <p>{t('clusters.certificateSame')}</p>}
      </section>
      <section className="space-y-2">
        <h3 className="font-medium text-ink">{t('clusters.certificateKept')}</h3>
        {kept.map((one) => (
          <One key={one.fingerprint} certificate={one} />
        ))}
        {kept.length === 0 && <p>{t('clusters.certificatePublic')}</p>}
      </section>
    </div>
  );
}

function One({ certificate: { fingerprint, subject, issuer, validFrom, validTo } }: { certificate: CertificateView }) {
  const t = useT();
  return (
    <div className="space-y-1 rounded-lg bg-sunken p-3">
      <p className="font-mono text-xs text-ink [overflow-wrap:anywhere]">
        {t('clusters.fingerprint')} {fingerprint}
      </p>
      <p className="[overflow-wrap:anywhere]">{t('clusters.certificateOf', { subject, issuer })}</p>
      <p>
        <Moment iso={validFrom} /> – <Moment iso={validTo} />
      </p>
    </div>
  );
}
