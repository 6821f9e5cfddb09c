'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import type { SiteView } from '@/lib/api/contract/sites';
import { crossings, type Marker, markers, type Stands } from './markers';

const fills: Record<Marker['access'], string> = { ready: 'fill-accent', needs: 'fill-warn', none: 'fill-line-strong' };

/** Marks of the sites and the ways between them, in the chart's units. */
export function Marks({ sites, stands }: { sites: SiteView[]; stands: Stands }) {
  const found = useMemo(() => markers(sites, stands), [sites, stands]);
  const ways = useMemo(() => crossings(sites, stands), [sites, stands]);
  return (
    <>
      {ways.map((way) => (
        <path key={way.id} d={way.path} fill="none" className="stroke-accent" strokeWidth="2" strokeLinecap="round" strokeDasharray="1 7" />
      ))}
      {found.map((marker) => (
        <Mark key={`${marker.x} ${marker.y}`} marker={marker} />
      ))}
    </>
  );
}

// Only pointers reach the marks: for keyboards and readers the same sites stand in the list beside the map.
function Mark({ marker }: { marker: Marker }) {
  const t = useT();
  const router = useRouter();
  const { sites, deployments } = marker;
  const [first] = sites;
  const names = sites.map((site) => site.name).join(', ');
  const radius = 6 + Math.min(6, (sites.length - 1) * 1.5);
  const toLeft = marker.x > 900;
  return (
    <g className="cursor-pointer" onPointerUp={() => router.push(sites.length === 1 && first ? `/sites/${first.id}` : '/sites')}>
      <title>{deployments > 0 ? `${names}: ${t('map.deployments', { count: deployments })}` : names}</title>
      {deployments > 0 && <circle cx={marker.x} cy={marker.y} r={radius + 7} className={cn(fills[marker.access], 'opacity-20')} />}
      <circle cx={marker.x} cy={marker.y} r={radius} className={cn(fills[marker.access], 'stroke-surface')} strokeWidth="2" />
      {sites.length > 1 && (
        <text x={marker.x} y={marker.y + 3.5} textAnchor="middle" className="fill-surface text-[10px] font-semibold">
          {sites.length}
        </text>
      )}
      {deployments > 0 && (
        <text
          x={marker.x + (toLeft ? -radius - 12 : radius + 12)}
          y={marker.y + 5}
          textAnchor={toLeft ? 'end' : 'start'}
          className="fill-ink stroke-sea text-[15px] font-medium"
          strokeWidth="4"
          paintOrder="stroke"
        >
          {first?.name}
          {sites.length > 1 && ` +${sites.length - 1}`}
        </text>
      )}
    </g>
  );
}
