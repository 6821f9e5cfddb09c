'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { clusterQueries } from '../queries';
import { PairForm } from './pair-form';

/** Leads to a pair: a service and two clusters, what both say, what will be made, and then to its page. */
export function PairWizard() {
  const t = useT();
  const query = useQuery(clusterQueries.mine());
  return (
    <Page>
      <BackLink href="/clusters">{t('nav.clusters')}</BackLink>
      <PageTitle title={t('pairs.new')} note={t('pairs.newNote')} />
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {({ items }) =>
          items.length > 1 ? (
            <PairForm clusters={items} />
          ) : (
            <Card>
              <Empty
                icon={ArrowLeftRight}
                title={t('pairs.none')}
                action={
                  <Link href="/clusters" className={buttonClass('primary')}>
                    {t('nav.clusters')}
                  </Link>
                }
              >
                {t('pairs.needTwo')}
              </Empty>
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}
