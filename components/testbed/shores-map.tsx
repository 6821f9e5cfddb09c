'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/map/chart';
import type { ClusterView } from '@/lib/api/contract/clusters';
import type { PairView } from '@/lib/api/contract/pairs';
import type { SiteView } from '@/lib/api/contract/sites';
import type { JobCrossing } from './crossings';
import { type ClusterPlace, placesOf, wayBetween } from './places';

interface ShoresMapProps {
  clusters: readonly Pick<ClusterView, 'id' | 'name' | 'region' | 'site'>[];
  pairs: readonly Pick<PairView, 'id' | 'name' | 'origin' | 'worker'>[];
  sites: readonly SiteView[];
  crossings: readonly Pick<JobCrossing, 'id' | 'from' | 'to' | 'phase'>[];
  /** nothing moves */
  still?: boolean;
}

/** Both shores with the clusters on them, the ways of pairs, and each job that crosses while it does. A picture: all of it stands in words below. */
export function ShoresMap({ clusters, pairs, sites, crossings, still = false }: ShoresMapProps) {
  const places = useMemo(() => placesOf(clusters, sites), [clusters, sites]);
  const find = (id: string | null) => places.find((place) => place.id === id);
  const ways = pairs.flatMap(({ id, name, origin, worker }) => {
    const way = wayOf(find(origin.id), find(worker.id));
    return way ? [{ id: `${id} ${name}`, way }] : [];
  });
  return (
    <Chart className="rounded-t-card">
      {ways.map(({ id, way }) => (
        <path key={id} d={way} fill="none" className="stroke-accent" strokeWidth="2" strokeLinecap="round" strokeDasharray="1 7" />
      ))}
      {crossings.map((crossing) => (
        <Crossing key={crossing.id} crossing={crossing} way={wayOf(find(crossing.from), find(crossing.to))} still={still} />
      ))}
      {places.map((place) => (
        <Place key={place.id} place={place} busy={!still && crossings.some(({ to, phase }) => phase === 'there' && to === place.id)} />
      ))}
    </Chart>
  );
}

function Crossing({ crossing: { phase }, way, still }: { crossing: Pick<JobCrossing, 'phase'>; way: string | null; still: boolean }) {
  if (!way) return null;
  const back = phase === 'back';
  return (
    <g data-crossing={phase}>
      <path d={way} fill="none" className={back ? 'stroke-ok' : 'stroke-accent'} strokeWidth="3" strokeLinecap="round" />
      {phase !== 'there' && !still && (
        <circle r="8" className={`motion-reduce:hidden stroke-surface ${back ? 'fill-ok' : 'fill-accent'}`} strokeWidth="2">
          <animateMotion path={way} dur="2.4s" repeatCount="indefinite" keyPoints={back ? '1;0' : '0;1'} keyTimes="0;1" calcMode="linear" />
        </circle>
      )}
    </g>
  );
}

function Place({ place: { x, y, name }, busy }: { place: ClusterPlace; busy: boolean }) {
  const left = x < 600;
  return (
    <g>
      {busy && <circle cx={x} cy={y} r="16" className="animate-pulse fill-accent opacity-30 motion-reduce:animate-none" />}
      <circle cx={x} cy={y} r="7" className="fill-accent stroke-surface" strokeWidth="2" />
      <text
        x={left ? x - 14 : x + 14}
        y={y + 5}
        textAnchor={left ? 'end' : 'start'}
        className="fill-ink stroke-sea text-[15px] font-medium max-sm:hidden"
        strokeWidth="4"
        paintOrder="stroke"
      >
        {name}
      </text>
    </g>
  );
}

const wayOf = (from: ClusterPlace | undefined, to: ClusterPlace | undefined) => (from && to ? wayBetween(from, to) : null);
