'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Waves } from 'lucide-react';
import { useState } from 'react';
import { pairQueries } from '@/components/clusters/pairs/queries';
import { workQueries } from '@/components/clusters/work-queries';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { useViewer } from '@/components/shared/use-viewer';
import { Button, buttonClass } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import type { DemoView } from '@/lib/api/contract/demo';
import { crossingsNow } from '../crossings';
import { JobRows } from '../job-rows';
import { allJobs, testbedQueries } from '../queries';
import { ShoresMap } from '../shores-map';
import { BothPictures } from './both-pictures';
import { DropPicture } from './drop-picture';
import { LeaveDemo } from './leave-demo';
import { demoQueries } from './queries';
import { pairOf, setUp } from './set-up';
import { StepList } from './step-list';
import { stepOf } from './steps';

/** The guided tour: a picture is dropped into Europe while Europe is full, crosses, and its results are on both shores. */
export function DemoPage() {
  const t = useT();
  const { state } = useViewer();
  return (
    <Page wide>
      <PageTitle title={t('demo.title')} note={t('demo.note')} />
      {state === 'signed-in' && <Tour />}
      {state === 'unknown' && <Skeleton className="h-96 rounded-card" />}
      {state === 'signed-out' && (
        <Card>
          <Empty
            icon={Waves}
            title={t('demo.signedOut')}
            action={
              <Link href="/signin?returnTo=%2Fdemo" className={buttonClass('primary')}>
                {t('signin.title')}
              </Link>
            }
          />
        </Card>
      )}
    </Page>
  );
}

function Tour() {
  const t = useT();
  const query = useQuery(demoQueries.state());
  return (
    <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
      {({ available, stands }) =>
        available || stands ? (
          <OneTour stands={stands} />
        ) : (
          <Card>
            <Empty icon={Waves} title={t('demo.notHere')}>
              {t('demo.notHereNote')}
            </Empty>
          </Card>
        )
      }
    </Loaded>
  );
}

function OneTour({ stands }: { stands: DemoView['stands'] }) {
  const t = useT();
  const now = useNow(1);
  const { begin, busy, error } = useSetUp();
  const pairs = useQuery({ ...pairQueries.mine(), enabled: stands !== null, refetchInterval: busy ? 1_000 : 5_000 }).data?.items ?? [];
  const pair = stands && pairOf(pairs, stands);
  const atOrigin = useQuery({ ...workQueries.services(stands?.origin.id ?? ''), enabled: pair?.state === 'standing' }).data?.items ?? [];
  // a service that is not made yet has no jobs to ask for
  const isMade = atOrigin.some(({ name }) => name === stands?.filler);
  const fillers =
    useQuery({ ...workQueries.jobs(stands?.origin.id ?? '', stands?.filler ?? ''), enabled: isMade, retry: false }).data?.items ?? [];
  const wanted = { ...allJobs, pair: pair?.id ?? '' };
  const jobs = useQuery({ ...testbedQueries.jobs(wanted), enabled: pair !== null && pair.id !== null }).data?.items ?? [];
  const mine = pair ? jobs.filter((job) => job.pair === pair.id) : [];
  const step = stepOf({ stands: stands !== null, pair, fillers, jobs: mine });
  const clusters = stands ? [stands.origin, stands.worker] : [];
  const making = step === 'clusters' || step === 'pair' || step === 'full';
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[24rem_minmax(0,1fr)]">
      <Section id="tour" title={t('demo.way')} note={t('demo.wayNote')} aside={stands && <LeaveDemo />}>
        <StepList step={step} busy={busy || !making} />
        <div className="space-y-3 border-t border-line p-4 sm:p-5">
          <Refused error={error} />
          {making && (
            <Button look="primary" busy={busy} onClick={begin}>
              {t(stands ? 'demo.goOn' : 'demo.begin')}
            </Button>
          )}
          {step === 'drop' && stands && <DropPicture stands={stands} />}
          {step === 'cross' && <p className="text-sm text-ink-2">{t('demo.waits')}</p>}
          {step === 'results' && <p className="text-sm text-ink-2">{t('demo.comesBack')}</p>}
          {step === null && (
            <>
              <p className="text-sm text-ink">{t('demo.done')}</p>
              <Link href="/testbed" className={buttonClass('primary')}>
                {t('demo.toTestbed')}
              </Link>
            </>
          )}
        </div>
      </Section>
      <div className="min-w-0 space-y-5">
        <Card className="overflow-hidden">
          <ShoresMap clusters={clusters} pairs={pair ? [pair] : []} sites={[]} crossings={crossingsNow(mine, pairs, now)} />
        </Card>
        {mine.length > 0 && (
          <Section id="demo-jobs" title={t('demo.job')}>
            <div aria-live="polite">
              <JobRows jobs={mine} />
            </div>
          </Section>
        )}
        {mine[0] && <BothPictures job={mine[0]} />}
      </div>
    </div>
  );
}

function useSetUp() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const look = () => void Promise.all([['demo'], ['pairs'], ['clusters']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const begin = () => {
    setBusy(true);
    setError(null);
    setUp(look)
      .catch((fault: unknown) => setError(fault instanceof Error ? fault : new Error(String(fault))))
      .finally(() => {
        setBusy(false);
        look();
      });
  };
  return { begin, busy, error };
}
