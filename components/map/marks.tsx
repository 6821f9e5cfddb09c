'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import type { Tone } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';
import { Dot } from './dot';
import { labels } from './labels';
import { crossings, type Marker, markers, type Stands, type Usage } from './markers';

interface MarksProps {
  sites: SiteView[];
  stands: Stands;
  ways: Stands;
  usage?: Usage;
  /** id of the site that is looked at */
  chosen?: string;
  /** a mark was pressed; left out: it leads to the page of its site */
  onOpen?: (sites: SiteView[]) => void;
}

const strokes: Record<Tone, string> = {
  ok: 'stroke-ok',
  busy: 'stroke-accent',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
  idle: 'stroke-line-strong',
  waiting: 'stroke-line-strong',
};
const fills: Record<Tone, string> = {
  ok: 'fill-ok',
  busy: 'fill-accent',
  warn: 'fill-warn',
  bad: 'fill-bad',
  idle: 'fill-ink-3',
  waiting: 'fill-ink-3',
};

/** Marks of the sites and the ways between them, in the chart's units. */
export function Marks({ sites, stands, ways, usage, chosen, onOpen }: MarksProps) {
  const found = useMemo(() => markers(sites, stands, usage), [sites, stands, usage]);
  const names = useMemo(() => labels(found), [found]);
  const lines = useMemo(() => crossings(sites, ways), [sites, ways]);
  return (
    <>
      {lines.map((way) => (
        <g key={way.id} fill="none" strokeLinecap="round" className={way.tone === 'ok' ? 'stroke-accent' : strokes[way.tone]}>
          <path d={way.path} strokeWidth="7" className="opacity-15" />
          <path d={way.path} strokeWidth="2.5" strokeDasharray={way.tone === 'bad' ? '2 10' : '1 6'} />
        </g>
      ))}
      {found.map((marker) => (
        <Mark key={`${marker.x} ${marker.y}`} marker={marker} chosen={marker.sites.some(({ id }) => id === chosen)} onOpen={onOpen} />
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
function Mark({ marker, chosen, onOpen }: { marker: Marker; chosen: boolean; onOpen?: (sites: SiteView[]) => void }) {
  const t = useT();
  const router = useRouter();
  const { sites, deployments, tone, used } = marker;
  const [first] = sites;
  const names = sites.map((site) => site.name).join(', ');
  const radius = 6 + Math.min(6, (sites.length - 1) * 1.5);
  return (
    <g
      // on a phone the chart is small, and its marks would be specks
      className="cursor-pointer [transform-box:fill-box] max-sm:origin-center max-sm:scale-200"
      onPointerUp={() => (onOpen ? onOpen(sites) : router.push(sites.length === 1 && first ? `/sites/${first.id}` : '/sites'))}
    >
      <title>{deployments > 0 ? `${names}: ${t('map.deployments', { count: deployments })}` : names}</title>
      {/* what is pressed with a finger is larger than what is seen */}
      <circle cx={marker.x} cy={marker.y} r={radius + 10} className="fill-transparent" />
      {chosen && <circle cx={marker.x} cy={marker.y} r={radius + 11} className="fill-none stroke-ink" strokeWidth="2" />}
      {tone && <circle cx={marker.x} cy={marker.y} r={radius + 8} className={cn('opacity-20', fills[tone])} />}
      {used !== null && <Used x={marker.x} y={marker.y} radius={radius + 4.5} share={used} />}
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
      {tone && (
        <g transform={`translate(${marker.x + radius + 6} ${marker.y - radius - 6})`}>
          <circle r="9" className={cn('stroke-surface', fills[tone])} strokeWidth="2" />
          <text y="3.8" textAnchor="middle" className="fill-surface text-[11px] font-semibold">
            {deployments}
          </text>
        </g>
      )}
    </g>
  );
}

/** A ring that is as full as the quota of cores. */
function Used({ x, y, radius, share }: { x: number; y: number; radius: number; share: number }) {
  const length = 2 * Math.PI * radius;
  const full = Math.min(1, Math.max(0, share));
  return (
    <g fill="none" strokeWidth="3" transform={`rotate(-90 ${x} ${y})`}>
      <circle cx={x} cy={y} r={radius} className="stroke-line" />
      <circle
        cx={x}
        cy={y}
        r={radius}
        className={full > 0.9 ? 'stroke-bad' : full > 0.75 ? 'stroke-warn' : 'stroke-accent'}
        strokeDasharray={`${full * length} ${length}`}
      />
    </g>
  );
}
