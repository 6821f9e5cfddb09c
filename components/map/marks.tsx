'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import type { SiteView } from '@/lib/api/contract/sites';
import { Dot } from './dot';
import { labels } from './labels';
import { crossings, type Marker, markers, type Stands } from './markers';

/** Marks of the sites and the ways between them, in the chart's units. */
export function Marks({ sites, stands, ways }: { sites: SiteView[]; stands: Stands; ways: Stands }) {
  const found = useMemo(() => markers(sites, stands), [sites, stands]);
  const names = useMemo(() => labels(found), [found]);
  const lines = useMemo(() => crossings(sites, ways), [sites, ways]);
  return (
    <>
      {lines.map((way) => (
        <path key={way.id} d={way.path} fill="none" className="stroke-accent" strokeWidth="2" strokeLinecap="round" strokeDasharray="1 7" />
      ))}
      {found.map((marker) => (
        <Mark key={`${marker.x} ${marker.y}`} marker={marker} />
      ))}
      {names.map((label) => (
        <text
          key={`${label.x} ${label.y}`}
          x={label.x}
          y={label.y}
          textAnchor={label.anchor}
          className="pointer-events-none max-sm:hidden fill-ink stroke-sea text-[15px] font-medium"
          strokeWidth="4"
          paintOrder="stroke"
        >
          {label.text}
        </text>
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
  return (
    <g
      // on a phone the chart is small, and its marks would be specks
      className="cursor-pointer [transform-box:fill-box] max-sm:origin-center max-sm:scale-200"
      onPointerUp={() => router.push(sites.length === 1 && first ? `/sites/${first.id}` : '/sites')}
    >
      <title>{deployments > 0 ? `${names}: ${t('map.deployments', { count: deployments })}` : names}</title>
      {deployments > 0 && <circle cx={marker.x} cy={marker.y} r={radius + 7} className="fill-accent opacity-20" />}
      <Dot access={marker.access} radius={radius} x={marker.x} y={marker.y} />
      {sites.length > 1 && (
        <text
          x={marker.x}
          y={marker.y + 3.5}
          textAnchor="middle"
          className={cn('text-[10px] font-semibold', marker.access === 'ready' ? 'fill-accent-ink' : 'fill-ink')}
        >
          {sites.length}
        </text>
      )}
    </g>
  );
}
