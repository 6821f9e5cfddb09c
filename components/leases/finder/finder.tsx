'use client';

import { useQuery } from '@tanstack/react-query';
import { useT } from '@/components/messages/provider';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { useNow } from '@/components/ui/time';
import { leaseQueries } from '../queries';
import { useTimes } from '../zone';
import { Hardware } from './hardware';
import { Offers } from './offers';
import { readWish, type Wish, windowsQuery, wishNow } from './wish';
import { WishForm } from './wish-form';

/** How a wish is written into the address, so that it survives a reload and can be sent to others. */
const names: Record<keyof Wish, string> = {
  q: 'q',
  nodeType: 'type',
  gpu: 'gpu',
  architecture: 'arch',
  gpus: 'gpus',
  memoryGiB: 'memory',
  site: 'site',
  flavor: 'flavor',
  count: 'count',
  hours: 'hours',
  when: 'when',
  from: 'from',
  to: 'to',
};

export type EditWish = (change: Partial<Wish>) => void;

/** So many of this, for so long: when, and where? */
export function Finder() {
  const t = useT();
  const url = useUrlState();
  const times = useTimes();
  const wish = wishNow(readWish(url.get), useNow(60), times.zone);
  const edit: EditWish = (change) =>
    url.set(
      Object.fromEntries(Object.entries(change).map(([name, value]) => [names[name as keyof Wish], value === 0 ? null : String(value)])),
    );
  const query = useDebounced(JSON.stringify(windowsQuery(wish, times.zone)), 250);
  const windows = useQuery(leaseQueries.windows(JSON.parse(query)));
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[25rem_minmax(0,1fr)]">
      <section aria-label={t('finder.title')} className="space-y-5 lg:sticky lg:top-18">
        <WishForm wish={wish} edit={edit} />
      </section>
      <div className="min-w-0 space-y-5">
        <Offers query={windows} wish={wish} edit={edit} />
        <Hardware wish={wish} edit={edit} />
      </div>
    </div>
  );
}
