'use client';

import dynamic from 'next/dynamic';
import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import type { SiteView } from '@/lib/api/contract/sites';
import { Chart } from './chart';
import { Dot } from './dot';
import type { Stands, Usage } from './markers';

const Marks = dynamic(() => import('./marks').then((module) => module.Marks), { ssr: false });

const none: Stands = [];

interface SiteMapProps {
  sites: SiteView[];
  /** deployments, marked where they stand */
  stands?: Stands;
  /** what lines are drawn for; left out: for the deployments that span several sites */
  ways?: Stands;
  /** how much of the quota of cores is used; left out: no rings are drawn */
  usage?: Usage;
  chosen?: string;
  onOpen?: (sites: SiteView[]) => void;
  legend?: boolean;
  className?: string;
}

/** The two shores with the sites on them; a picture, whose every fact also stands in words beside it. */
export function SiteMap({ sites, stands = none, ways = stands, usage, chosen, onOpen, legend = true, className }: SiteMapProps) {
  const t = useT();
  return (
    <figure className={cn('relative', className)}>
      <Chart>{sites.length > 0 && <Marks sites={sites} stands={stands} ways={ways} usage={usage} chosen={chosen} onOpen={onOpen} />}</Chart>
      <figcaption className="sr-only">{t('map.caption', { count: sites.length })}</figcaption>
      {legend && <Legend usage={usage !== undefined} />}
    </figure>
  );
}

/** What the marks mean: each has a shape of its own beside its colour. */
function Legend({ usage }: { usage: boolean }) {
  const t = useT();
  return (
    <ul aria-hidden className="pointer-events-none absolute bottom-2.5 left-3 hidden gap-4 text-2xs text-ink-2 sm:flex">
      {(['ready', 'needs', 'none'] as const).map((access) => (
        <li key={access} className="flex items-center gap-1.5">
          <svg viewBox="-8 -8 16 16" className="size-3.5" aria-hidden="true">
            <Dot access={access} radius={5} />
          </svg>
          {t(`map.${access}`)}
        </li>
      ))}
      {usage && (
        <>
          <li className="flex items-center gap-1.5">
            <svg viewBox="-8 -8 16 16" className="size-3.5" aria-hidden="true">
              <circle r="6" fill="none" className="stroke-line" strokeWidth="3" />
              <circle r="6" fill="none" className="stroke-accent" strokeWidth="3" strokeDasharray="13 38" transform="rotate(-90)" />
            </svg>
            {t('map.used')}
          </li>
          <li className="flex items-center gap-1.5">
            <svg viewBox="-8 -8 16 16" className="size-3.5" aria-hidden="true">
              <path
                d="M-7 3 Q0 -7 7 3"
                fill="none"
                className="stroke-accent"
                strokeWidth="2.5"
                strokeDasharray="1 4"
                strokeLinecap="round"
              />
            </svg>
            {t('map.together')}
          </li>
        </>
      )}
    </ul>
  );
}
