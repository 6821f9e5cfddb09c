'use client';

import { useQuery } from '@tanstack/react-query';
import { useLanguage, useSaid, useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { ProblemCard } from '@/components/ui/problem';
import { Skeleton, SkeletonLines } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { Notice, Status, type Tone } from '@/components/ui/tone';
import type { PairStatusView, PairView } from '@/lib/api/contract/pairs';
import { PairExports } from '../services/exports';
import { servicePage } from '../services/services-tab';
import { PairStatus } from './pairs-section';
import { Proof } from './proof';
import { pairQueries } from './queries';
import { TakeOut } from './take-out';
import { ThresholdSection } from './threshold';
import { EventsSection, WatchSection } from './watch';

/** One pair: how it is on both sides, and whether work crosses. */
export function PairPage({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(pairQueries.one(id));
  useTitle(query.data?.name);
  return (
    <Page>
      <BackLink href="/clusters">{t('nav.clusters')}</BackLink>
      {!query.data && <h1 className="sr-only">{t('pairs.one')}</h1>}
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {(pair) => <OnePair id={id} pair={pair} />}
      </Loaded>
    </Page>
  );
}

function OnePair({ id, pair }: { id: string; pair: PairView }) {
  const { t, format } = useLanguage();
  const { origin, worker, thresholdSeconds } = pair;
  const after = thresholdSeconds === null ? '' : ` ${t('pairs.after', { time: format.duration(thresholdSeconds) })}`;
  return (
    <>
      <PageTitle
        title={pair.name}
        note={t('pairs.from', { origin: origin.name, worker: worker.name }) + after}
        actions={
          <>
            <PairStatus pair={pair} />
            <TakeOut id={id} pair={pair} />
          </>
        }
      />
      <div className="space-y-5">
        {pair.problem && <ProblemCard problem={pair.problem} />}
        <Now id={id} pair={pair} />
        {pair.state === 'standing' && <WatchSection id={id} pair={pair} />}
        <Proof id={id} pair={pair} />
        {pair.state === 'standing' && <ThresholdSection id={id} pair={pair} />}
        <EventsSection id={id} />
        {pair.state === 'standing' && <PairExports id={id} />}
      </div>
    </>
  );
}

const tones: Record<PairStatusView['sides'][number]['is'], Tone> = {
  open: 'ok',
  there: 'ok',
  closed: 'warn',
  gone: 'bad',
  silent: 'bad',
};

function Now({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const said = useSaid();
  const query = useQuery(pairQueries.status(id));
  return (
    <Section id="now" title={t('pairs.now')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ sides, against }) => (
          <>
            {against && <Against id={id} pair={pair} against={against} />}
            <div className="grid divide-line max-sm:divide-y sm:grid-cols-2 sm:divide-x">
              {sides.map(({ side, is, problem }) => {
                const { id: cluster, name, region } = pair[side];
                return (
                  <div key={side} className="min-w-0 space-y-2 p-4 sm:p-5">
                    <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
                      {name} <Tag>{t(`pairs.role.${side}`)}</Tag> {region && <Tag>{t(`region.${region}`)}</Tag>}
                    </h3>
                    <Status tone={tones[is]}>{t(`pairs.is.${is}`)}</Status>
                    {problem && <p className="text-sm text-ink-2">{said(problem.detail ?? problem.title)}</p>}
                    {cluster && is !== 'gone' && (
                      <p>
                        <Link
                          href={servicePage(cluster, pair.name)}
                          className="inline-flex min-h-6 items-center text-sm text-accent underline-offset-2 hover:underline"
                        >
                          {t('pairs.toService')}
                          <span className="sr-only">: {name}</span>
                        </Link>
                      </p>
                    )}
                  </div>
                );
              })}
            </div>
          </>
        )}
      </Loaded>
    </Section>
  );
}

interface AgainstProps {
  id: string;
  pair: PairView;
  against: NonNullable<PairStatusView['against']>;
}

/** Says that a rule came which this pair breaks, and takes it out where one wants that. */
function Against({ id, pair, against: { by, bucket, prefix, stays } }: AgainstProps) {
  const t = useT();
  const place = [bucket === '*' ? t('locality.anyBucket') : bucket, prefix].filter(Boolean).join('/');
  return (
    <div className="p-4 sm:p-5">
      <Notice tone="bad" title={t('pairs.against')} action={<TakeOut id={id} pair={pair} />}>
        {t(`pairs.againstNote.${by}`, { place, shore: t(`region.${stays}`), worker: pair.worker.name })}
      </Notice>
    </div>
  );
}
