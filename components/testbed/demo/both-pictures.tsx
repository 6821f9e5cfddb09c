'use client';

import { apiPath } from '@/components/api/client';
import { clusterPath } from '@/components/clusters/queries';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { PlainImage } from '@/components/ui/plain-image';
import type { LedgerJobView } from '@/lib/api/contract/ledger';

/** The result of a picture, as it is in the buckets of both shores. */
export function BothPictures({ job: { results, origin, ran } }: { job: LedgerJobView }) {
  const t = useT();
  const sides = [ran, origin].flatMap((side) => {
    const picture = results.find(({ cluster, key }) => cluster === side.id && key.endsWith('.png'));
    return picture ? [{ side, picture }] : [];
  });
  if (sides.length === 0) return null;
  return (
    <Section id="pictures" title={t('demo.pictures')} note={t('demo.picturesNote')}>
      <ul className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        {sides.map(({ side, picture }) => (
          <li key={side.id}>
            <figure>
              <PlainImage
                src={apiPath(clusterPath(side.id, 'buckets', picture.bucket, 'file'), { key: picture.key, as: 'preview' })}
                alt={t('demo.found', { cluster: side.name })}
                className="w-full rounded-lg border border-line"
              />
              <figcaption className="mt-1.5 text-xs text-ink-2 [overflow-wrap:anywhere]">
                {side.name}: {picture.bucket}/{picture.key}
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </Section>
  );
}
