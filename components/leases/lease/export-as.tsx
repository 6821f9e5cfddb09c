'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarPlus, Terminal } from 'lucide-react';
import { useState } from 'react';
import { apiPath, getText } from '@/components/api/client';
import { useLanguage, useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { LeaseView } from '@/lib/api/contract/leases';

const forms = ['cli', 'python-chi'] as const;
type Form = (typeof forms)[number];

/** The lease for other programs: a calendar, the command line, a notebook. */
export function ExportAs({ lease }: { lease: LeaseView }) {
  const { t, locale } = useLanguage();
  const path = `/leases/${encodeURIComponent(lease.id)}/export`;
  const [form, show] = useState<Form | null>(null);
  return (
    <Section id="lease-export" title={t('leaseExport.title')}>
      <div className="space-y-3 p-4 sm:p-5">
        <div className="flex flex-wrap gap-2">
          <a href={apiPath(path, { as: 'ics', language: locale })} download className={buttonClass('secondary', 'min-h-8')}>
            <CalendarPlus aria-hidden />
            {t('leaseExport.ics')}
          </a>
          {forms.map((each) => (
            <FilterChip key={each} on={form === each} onClick={() => show(form === each ? null : each)} className="rounded-lg">
              <Terminal aria-hidden className="size-3.5" />
              {t(`leaseExport.${each}`)}
            </FilterChip>
          ))}
        </div>
        {form && <Exported path={path} form={form} lease={lease} />}
      </div>
    </Section>
  );
}

function Exported({ path, form, lease }: { path: string; form: Form; lease: LeaseView }) {
  const t = useT();
  const query = useQuery({
    queryKey: ['leases', 'one', lease.id, 'export', form, lease.end, lease.name],
    queryFn: ({ signal }) => getText(path, { as: form }, signal),
  });
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={4} />}>
      {(text) => (
        <div className="flex items-start rounded-lg bg-sunken">
          <ScrollBox className="max-h-80 min-w-0 flex-1 overflow-auto px-3 py-2">
            <pre className="font-mono text-xs text-ink">{text}</pre>
          </ScrollBox>
          <CopyButton text={text} what={t(`leaseExport.${form}`)} />
        </div>
      )}
    </Loaded>
  );
}
