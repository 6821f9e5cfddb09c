'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import { useT } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { buttonClass } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { Link } from '@/components/ui/link';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Tabs } from '@/components/ui/tabs';
import { leaseQueries } from './queries';
import { isOver } from './states';

const waiting = () => <Skeleton className="h-128 rounded-card" />;
const EndingLeases = dynamic(() => import('./ending-leases').then((module) => module.EndingLeases), { ssr: false });
const Finder = later(() => import('./finder/finder').then((module) => module.Finder), waiting);
const Calendar = later(() => import('./calendar/calendar').then((module) => module.Calendar), waiting);
const MyLeases = later(() => import('./mine/my-leases').then((module) => module.MyLeases), waiting);

/** Milliseconds after which the page itself is there and worked. */
const quiet = 1_000;
const views = ['find', 'calendar', 'mine'] as const;

/** When and where something can be had, who has what when, and what is mine. */
export function LeasesPage() {
  const t = useT();
  const url = useUrlState();
  const signedIn = useViewer().state === 'signed-in';
  const mine = useQuery({ ...leaseQueries.mine(), enabled: signedIn }).data?.items.filter((lease) => !isOver(lease)) ?? [];
  const view = views.find((each) => each === url.get('view')) ?? 'find';
  // while nobody presses anything, so that a press on it waits for nothing
  useEffect(() => {
    const timer = setTimeout(Calendar.ahead, quiet);
    return () => clearTimeout(timer);
  }, []);
  const contents = { find: <Finder />, calendar: <Calendar />, mine: <MyLeases signedIn={signedIn} /> };
  return (
    <Page wide>
      <PageTitle
        title={t('leases.title')}
        note={t('leases.note')}
        actions={
          <Link href="/leases/new" className={buttonClass('primary')}>
            <CalendarPlus aria-hidden />
            {t('leases.new')}
          </Link>
        }
      />
      {signedIn && <EndingLeases className="mb-5" />}
      <Tabs
        label={t('leases.views')}
        value={view}
        onChange={(next) => url.set({ view: next === 'find' ? null : next })}
        tabs={views.map((value) => ({
          value,
          label: value === 'mine' && mine.length > 0 ? t('leases.view.mineCount', { number: mine.length }) : t(`leases.view.${value}`),
          content: contents[value],
        }))}
      />
    </Page>
  );
}
