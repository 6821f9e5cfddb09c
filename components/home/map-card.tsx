'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queries } from '@/components/api/queries';
import { pairQueries } from '@/components/clusters/pairs/queries';
import { clusterQueries } from '@/components/clusters/queries';
import { SiteMap } from '@/components/map/site-map';
import { Card } from '@/components/ui/card';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import type { SiteView } from '@/lib/api/contract/sites';
import { sitesToShow, standsOf, together, usageOf } from './cockpit';
import { MapSummary } from './map-summary';
import { SiteList } from './site-list';

/** The cockpit: both shores with all that is mine, how it is, what works together and how full the quotas are; a press on a dot opens it below. */
export function MapCard({ sites, deployments }: { sites: SiteView[]; deployments: DeploymentSummary[] }) {
  const summaries = useQuery(queries.summaries()).data?.items;
  const clusters = useQuery(clusterQueries.mine()).data?.items;
  const pairs = useQuery(pairQueries.mine()).data?.items;
  const [chosen, setChosen] = useState<string>();
  const stands = useMemo(() => standsOf(deployments), [deployments]);
  const ways = useMemo(() => together(deployments, pairs ?? [], clusters ?? []), [deployments, pairs, clusters]);
  const usage = useMemo(() => usageOf(summaries ?? []), [summaries]);
  // a dot of several sites opens the next of them with every press
  const open = (of: SiteView[]) => setChosen(of[(of.findIndex(({ id }) => id === chosen) + 1) % of.length]?.id);
  return (
    <div className="space-y-5">
      <Card className="overflow-hidden">
        <SiteMap sites={sites} stands={stands} ways={ways} usage={usage} chosen={chosen} onOpen={open} className="aspect-[1200/560]" />
        {deployments.length > 0 && <MapSummary deployments={deployments} />}
      </Card>
      <SiteList
        sites={sitesToShow(sites, deployments, chosen)}
        deployments={deployments}
        summaries={summaries ?? []}
        ways={ways}
        chosen={chosen}
        onChoose={(id) => setChosen(id === chosen ? undefined : id)}
      />
    </div>
  );
}
