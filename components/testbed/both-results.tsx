'use client';

import { useQuery } from '@tanstack/react-query';
import { useLanguage, useSaid } from '@/components/messages/provider';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Notice, Status, type Tone } from '@/components/ui/tone';
import type { PairResultsView } from '@/lib/api/contract/ledger';
import type { PairView } from '@/lib/api/contract/pairs';
import { testbedQueries } from './queries';

type Place = PairResultsView['places'][number];
const tones: Record<Place['objects'][number]['is'], Tone> = { same: 'ok', different: 'warn', 'origin-only': 'idle', 'worker-only': 'idle' };

/** What a pair has written on both sides, object by object. */
export function BothResults({ id, pair }: { id: string; pair: PairView }) {
  const query = useQuery(testbedQueries.results(id));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={3} />}>
      {({ places }) => places.map((place) => <OnePlace key={`${place.bucket}/${place.folder}`} place={place} pair={pair} />)}
    </Loaded>
  );
}

function OnePlace({ place: { bucket, folder, objects, more, problems }, pair }: { place: Place; pair: PairView }) {
  const { t, format } = useLanguage();
  const said = useSaid();
  const title = `${bucket}/${folder}`;
  return (
    <div className="space-y-2">
      {problems.map(({ side, problem }) => (
        <Notice key={side} tone="bad" title={`${pair[side].name}: ${said(problem.title)}`}>
          {said(problem.detail)}
        </Notice>
      ))}
      {problems.length === 0 && objects.length === 0 && <p className="text-sm text-ink-2">{t('testbed.noResults', { place: title })}</p>}
      {objects.length > 0 && (
        <ScrollBox className="overflow-x-auto">
          <table className="w-full min-w-max text-left text-sm">
            <caption className="pb-2 text-left text-xs text-ink-3">{t('testbed.comparedIn', { place: title })}</caption>
            <thead className="text-xs text-ink-2">
              <tr className="border-b border-line">
                <th scope="col" className="py-1.5 pr-4 font-medium">
                  {t('testbed.object')}
                </th>
                <th scope="col" className="py-1.5 pr-4 font-medium">
                  {pair.origin.name}
                </th>
                <th scope="col" className="py-1.5 pr-4 font-medium">
                  {pair.worker.name}
                </th>
                <th scope="col" className="py-1.5 font-medium">
                  {t('testbed.compared')}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {objects.map(({ key, origin, worker, is }) => (
                <tr key={key}>
                  <th scope="row" className="py-1.5 pr-4 font-mono text-xs font-normal text-ink">
                    {key.slice(folder === '' ? 0 : folder.length + 1)}
                  </th>
                  {[origin, worker].map((side, index) => (
                    <td key={pair[index === 0 ? 'origin' : 'worker'].name} className="py-1.5 pr-4 text-ink-2 tabular-nums">
                      {side ? format.bytes(side.bytes) : t('testbed.missing')}
                    </td>
                  ))}
                  <td className="py-1.5">
                    <Status tone={tones[is]}>{t(`testbed.is.${is}`)}</Status>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {more && <p className="text-xs text-ink-3">{t('testbed.moreObjects')}</p>}
    </div>
  );
}
