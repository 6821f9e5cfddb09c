'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { problemWords } from '@/components/messages/problem-words';
import { useLanguage } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { useNow } from '@/components/ui/time';
import type { LeaseLint } from '@/lib/api/contract/leases';
import { leaseQueries } from '../queries';
import { useTimes } from '../zone';
import { Advanced } from './advanced';
import { bodyOf, draftOfLink, type LeaseDraft, missingIn, suggestName } from './lease-draft';
import { lintQuery } from './lint';
import { Rail } from './rail';
import { WhatSection } from './what-section';
import { WhenSection } from './when-section';

export type EditLease = (change: (draft: LeaseDraft) => LeaseDraft) => void;

/** A lease to be made: what, where and when; judged as one types, and made by one press. */
export function LeaseForm() {
  const url = useUrlState();
  const times = useTimes();
  const now = useNow(60);
  const signedIn = useViewer().state === 'signed-in';
  const [draft, setDraft] = useState(() => draftOfLink(url.get, Date.now()));
  const mine = useQuery({ ...leaseQueries.mine(), enabled: signedIn }).data?.items ?? [];
  const begins = draft.start === 'now' || draft.start === '' ? now : Date.parse(draft.start);
  const name = suggestName(
    draft,
    times.date(begins),
    mine.map((lease) => lease.name),
  );
  const complete = missingIn(draft) === null;
  const body = useDebounced(JSON.stringify(bodyOf(draft, name, times.zone)), 350);
  const { t, said, format } = useLanguage();
  const select = useCallback(
    (told: LeaseLint) => ({ ...told, problems: told.problems.map((each) => problemWords(each, t, format, said)) }),
    [t, said, format],
  );
  const lint = useQuery({ ...lintQuery(body), enabled: signedIn && complete, select });
  const problemAt = (...fields: string[]) =>
    lint.data?.problems.find(({ severity, field }) => severity === 'error' && fields.includes(field))?.detail;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0 space-y-5">
        <WhatSection draft={draft} edit={setDraft} problemAt={problemAt} />
        <WhenSection draft={draft} edit={setDraft} problemAt={problemAt} now={now} />
        <Advanced draft={draft} edit={setDraft} suggested={name} problemAt={problemAt} />
      </div>
      <Rail draft={draft} edit={setDraft} lint={lint} signedIn={signedIn} body={bodyOf(draft, name, times.zone)} now={now} />
    </div>
  );
}
