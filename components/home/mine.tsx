'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { queries } from '@/components/api/queries';
import { deploymentQueries } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { Me } from '@/lib/api/contract/people';
import { Attention } from './attention';
import { EndingCredentials } from './ending-credentials';
import { FirstSteps } from './first-steps';
import { Latest } from './latest';
import { MapCard } from './map-card';
import { QuickStarts } from './quick-starts';

const EndingLeases = dynamic(() => import('@/components/leases/ending-leases').then((module) => module.EndingLeases), { ssr: false });
const DemoButton = dynamic(() => import('@/components/testbed/demo/demo-button').then((module) => module.DemoButton), { ssr: false });
const Told = dynamic(() => import('./told').then((module) => module.Told), { ssr: false });
const HomeLeases = dynamic(() => import('./home-leases').then((module) => module.HomeLeases), { ssr: false });

/** What is mine and how it is: the map, what needs me, the latest deployments, and quick starts. */
export function Mine({ me }: { me: Me }) {
  const t = useT();
  const list = useInfiniteQuery(deploymentQueries.list({}));
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const all = list.data?.pages.flatMap((page) => page.items) ?? [];
  const standing = all.filter((each) => each.state !== 'deleted');
  return (
    <Page wide>
      <PageTitle
        title={t('home.hello', { name: me.name })}
        actions={
          <>
            <DemoButton />
            <Link href="/recipes" className={buttonClass('primary')}>
              <Plus aria-hidden />
              {t('deployments.new')}
            </Link>
          </>
        }
      />
      <div className="space-y-5">
        <Attention deployments={standing} />
        <EndingLeases />
        <Told />
        <EndingCredentials />
        {list.isSuccess && standing.length === 0 && <FirstSteps sites={sites} deployed={all.length > 0} />}
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <MapCard sites={sites} deployments={standing} />
          <div className="space-y-5">
            <Section
              id="latest"
              title={t('home.latest')}
              aside={
                <Link href="/deployments" className="inline-flex min-h-6 items-center text-xs font-medium text-accent hover:underline">
                  {t('home.all')}
                </Link>
              }
            >
              <Loaded query={list} skeleton={<SkeletonLines lines={6} className="p-5" />}>
                {() => <Latest deployments={standing} />}
              </Loaded>
            </Section>
            <HomeLeases />
            <QuickStarts />
          </div>
        </div>
      </div>
    </Page>
  );
}
