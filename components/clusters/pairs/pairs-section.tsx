'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Plus } from 'lucide-react';
import { useLanguage, useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status, type Tone } from '@/components/ui/tone';
import type { PairView } from '@/lib/api/contract/pairs';
import { pairQueries } from './queries';

const tones: Record<PairView['state'], Tone> = { making: 'busy', standing: 'ok', removing: 'busy', broken: 'bad', undone: 'warn' };

/** The pairs that one has, and the way to another. @param clusters how many of them one has: a pair takes two */
export function PairsSection({ clusters }: { clusters: number }) {
  const t = useT();
  const query = useQuery(pairQueries.mine());
  const make = clusters > 1 && (
    <Link href="/pairs/new" className={buttonClass('primary')}>
      <Plus aria-hidden />
      {t('pairs.new')}
    </Link>
  );
  return (
    <Section id="pairs" title={t('pairs.title')} note={t('pairs.note')} aside={make}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={ArrowLeftRight} title={t('pairs.none')}>
              {t(clusters > 1 ? 'pairs.noneNote' : 'pairs.needTwo')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((pair) => (
                <Row key={`${pair.id} ${pair.origin.name} ${pair.worker.name} ${pair.name}`} pair={pair} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Row({ pair }: { pair: PairView }) {
  const { t, format } = useLanguage();
  const { id, name, origin, worker, thresholdSeconds } = pair;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0">
        {id === null ? (
          <p className="font-medium text-ink">{name}</p>
        ) : (
          <Link href={`/pairs/${id}`} className="font-medium text-ink underline-offset-4 hover:underline">
            {name}
          </Link>
        )}
        <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
          {t('pairs.from', { origin: origin.name, worker: worker.name })}
          {thresholdSeconds !== null && ` ${t('pairs.after', { time: format.duration(thresholdSeconds) })}`}
        </p>
      </div>
      <p className="flex flex-wrap items-center gap-2">
        {id === null ? <Tag>{t('pairs.elsewhere')}</Tag> : <ProofTag pair={pair} />}
        <PairStatus pair={pair} />
      </p>
    </li>
  );
}

function ProofTag({ pair: { proof } }: { pair: PairView }) {
  const { t, format, drawnAt } = useLanguage();
  if (proof?.state === 'failed') return <Status tone="bad">{t('pairs.proofFailed')}</Status>;
  if (proof?.state !== 'verified') return <Tag>{t('pairs.notProved')}</Tag>;
  return <Tag>{t('pairs.proved', { when: format.ago(proof.startedAt, Math.max(drawnAt, Date.parse(proof.startedAt))) })}</Tag>;
}

/** How far a pair is made. */
export function PairStatus({ pair }: { pair: PairView }) {
  const t = useT();
  return (
    <Status tone={tones[pair.state]} pill>
      {t(`pairs.state.${pair.state}`)}
    </Status>
  );
}
