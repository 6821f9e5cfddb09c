'use client';

import { useQuery } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';

/** What people were told in time; who looks at it has seen it. */
export function Notices() {
  const { t, locale } = useLanguage();
  const query = useQuery(queries.notices(locale));
  const see = useWrite([]);
  const said = useRef(false);
  const unseen = query.data?.unseen ?? 0;
  const { mutate } = see;
  useEffect(() => {
    if (unseen === 0 || said.current) return;
    said.current = true;
    mutate({ method: 'POST', path: '/notices/seen', body: {} });
  }, [unseen, mutate]);
  return (
    <Section id="notices" title={t('notify.told')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={BellRing} title={t('notify.toldNone')}>
              {t('notify.toldNoneNote')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((notice) => (
                <li key={notice.id} className="space-y-1 px-4 py-3.5 sm:px-5">
                  <p className="font-medium text-ink">
                    <Link href={notice.path} className="underline-offset-2 hover:underline">
                      {notice.title}
                    </Link>
                    {!notice.seen && <Tag className="ml-2">{t('notify.new')}</Tag>}
                  </p>
                  {notice.lines.map((line) => (
                    <p key={line} className="text-sm text-ink-2">
                      {line}
                    </p>
                  ))}
                  <p className="text-xs text-ink-3">
                    <Ago iso={notice.at} />
                    {notice.ways.map(({ way, state }) => ` · ${t(`notify.way.${way}`)}: ${t(`notify.state.${state}`)}`)}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
