'use client';

import dynamic from 'next/dynamic';
import { useT } from '@/components/messages/provider';
import type { SiteView } from '@/lib/api/contract/sites';
import { Chart } from './chart';
import type { Stands } from './markers';

const Marks = dynamic(() => import('./marks').then((module) => module.Marks), { ssr: false });

/** The two shores with the sites on them; a picture, whose every fact also stands in words beside it. */
export function SiteMap({ sites, stands = [], className }: { sites: SiteView[]; stands?: Stands; className?: string }) {
  const t = useT();
  return (
    <figure className={className}>
      <Chart>{sites.length > 0 && <Marks sites={sites} stands={stands} />}</Chart>
      <figcaption className="sr-only">{t('map.caption', { count: sites.length })}</figcaption>
    </figure>
  );
}
