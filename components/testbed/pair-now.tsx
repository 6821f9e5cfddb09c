'use client';

import { useState } from 'react';
import { PairStatus } from '@/components/clusters/pairs/pairs-section';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import type { PairView } from '@/lib/api/contract/pairs';
import { BothResults } from './both-results';
import { WhereNow } from './where-now';

/** The services that stand on both shores: where a job of each would run now, and its results on both sides. */
export function PairsNow({ pairs }: { pairs: PairView[] }) {
  const t = useT();
  if (pairs.length === 0) return null;
  return (
    <Section id="pairs-now" title={t('testbed.pairs')} note={t('testbed.pairsNote')}>
      <ul className="divide-y divide-line">
        {pairs.map((pair) => (
          <PairNow key={`${pair.id} ${pair.origin.name} ${pair.worker.name} ${pair.name}`} pair={pair} />
        ))}
      </ul>
    </Section>
  );
}

function PairNow({ pair }: { pair: PairView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { id, name, origin, worker } = pair;
  return (
    <li className="space-y-3 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0">
          {id === null ? (
            <span className="font-medium text-ink">{name}</span>
          ) : (
            <Link href={`/pairs/${id}`} className="font-medium text-ink underline-offset-4 hover:underline">
              {name}
            </Link>
          )}
          <span className="block text-xs text-ink-2">{t('pairs.from', { origin: origin.name, worker: worker.name })}</span>
        </p>
        <PairStatus pair={pair} />
      </div>
      {id !== null && pair.state === 'standing' && (
        <>
          <WhereNow pair={id} />
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'testbed.hideResults' : 'testbed.showResults')}
            <span className="sr-only">: {name}</span>
          </Button>
          {open && <BothResults id={id} pair={pair} />}
        </>
      )}
    </li>
  );
}
