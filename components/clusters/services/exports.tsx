'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import { pairQueries } from '../pairs/queries';
import { workQueries } from '../work-queries';

const forms = ['fdl', 'oscar-cli', 'curl', 'oscar-python'] as const;
type Form = (typeof forms)[number];
const labels = { fdl: 'FDL', 'oscar-cli': 'oscar-cli', curl: 'curl', 'oscar-python': 'oscar-python' } as const;

/** All that one does with a service, as a file or commands of one's own. */
export function Exports({ cluster, name }: { cluster: string; name: string }) {
  const [form, choose] = useState<Form>('fdl');
  return <ExportSection form={form} choose={choose} query={useQuery(workQueries.exported(cluster, name, form))} />;
}

/** The same of a pair. */
export function PairExports({ id }: { id: string }) {
  const [form, choose] = useState<Form>('fdl');
  return <ExportSection form={form} choose={choose} query={useQuery(pairQueries.exported(id, form))} />;
}

function ExportSection({ form, choose, query }: { form: Form; choose: (form: Form) => void; query: UseQueryResult<string> }) {
  const t = useT();
  return (
    <Section id="export" title={t('services.view.export')} note={t('services.exportNote')}>
      <div className="space-y-4 p-4 sm:p-5">
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">{t('services.view.export')}</legend>
          {forms.map((each) => (
            <FilterChip key={each} on={form === each} onClick={() => choose(each)}>
              {labels[each]}
            </FilterChip>
          ))}
        </fieldset>
        <Loaded query={query} skeleton={<SkeletonLines lines={8} />}>
          {(text) => (
            <div className="relative rounded-lg bg-sunken">
              <CopyButton text={text} what={labels[form]} className="absolute top-1 right-1" />
              <ScrollBox className="max-h-128 overflow-auto py-3 pr-10 pl-4">
                <pre className="font-mono text-xs text-ink">{text}</pre>
              </ScrollBox>
            </div>
          )}
        </Loaded>
      </div>
    </Section>
  );
}
