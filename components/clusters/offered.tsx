'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Plus } from 'lucide-react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import type { OfferedClusterView } from '@/lib/api/contract/clusters';
import { clusterQueries } from './queries';

/** The sandbox's own clusters, for whoever wants to try: nothing where there is no sandbox, or one has them all. */
export function Offered() {
  const t = useT();
  const { data } = useQuery(clusterQueries.offered());
  if (!data || data.items.length === 0) return null;
  return (
    <Section id="offered" title={t('clusters.offered')} note={t('clusters.offeredNote')}>
      <ul className="divide-y divide-line">
        {data.items.map((offer) => (
          <Offer key={offer.id} offer={offer} />
        ))}
      </ul>
    </Section>
  );
}

function Offer({ offer }: { offer: OfferedClusterView }) {
  const t = useT();
  const take = useWrite(['clusters']);
  return (
    <li className="space-y-3 px-4 py-3.5 sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-1.5 font-medium text-ink">
            {offer.name} <Tag>{t(`region.${offer.region}`)}</Tag> <Tag>OSCAR {offer.version}</Tag>
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 font-mono text-xs text-ink-2">
            {offer.endpoint}
            <a
              href={offer.page}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-6 items-center gap-1 font-sans text-accent underline-offset-2 hover:underline"
            >
              {t('clusters.keys')}
              <ExternalLink aria-hidden className="size-3" />
            </a>
          </p>
        </div>
        <Button busy={take.isPending} onClick={() => take.mutate({ method: 'POST', path: '/clusters/offered', body: { id: offer.id } })}>
          <Plus aria-hidden />
          {t('clusters.take', { name: offer.name })}
        </Button>
      </div>
      <Refused error={take.error} />
    </li>
  );
}
