import { useCallback, useMemo, useState } from 'react';
import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import { entriesOf } from './lines';
import { kindKey, rowKey, rowsOf } from './rows';

/** The rows of what sites told, with kinds that can be closed. */
export function useRows(lines: CalendarLine[] | undefined) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const entries = useMemo(() => entriesOf(lines ?? []), [lines]);
  const rows = useMemo(() => rowsOf(entries, closed), [entries, closed]);
  const keys = useMemo(() => rows.map(rowKey), [rows]);
  const toggle = useCallback((key: string) => {
    setClosed((now) => (now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key])));
  }, []);
  return {
    rows,
    keys,
    closed,
    toggle,
    closeAll: (shut: boolean) => setClosed(new Set(shut ? entries.map(kindKey) : [])),
  };
}

export type CalendarRows = ReturnType<typeof useRows>['rows'];
