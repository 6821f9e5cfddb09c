'use client';

import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import { DeploymentRow } from './deployment-row';

interface DeploymentTableProps {
  rows: DeploymentSummary[];
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

const rowHeight = 68;

/** Rows of deployments; only those on the screen are drawn, and more are read as one comes near the end. */
export function DeploymentTable({ rows, query, selected, onSelect }: DeploymentTableProps) {
  const t = useT();
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => rowHeight, overscan: 8, scrollMargin: top });
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? top) - top;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (last >= rows.length - 20 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const toggle = (id: string) =>
    onSelect(selected.has(id) ? new Set([...selected].filter((each) => each !== id)) : new Set([...selected, id]));
  return (
    <Card className="overflow-hidden">
      <table className="w-full table-fixed text-left text-sm" aria-rowcount={rows.length + 1}>
        <caption className="sr-only">{t('deployments.title')}</caption>
        <thead>
          <tr aria-rowindex={1} className="h-10 border-b border-line text-xs text-ink-3 [&>th]:font-medium">
            <th scope="col" className="w-12 pl-4 sm:pl-5">
              <SelectAll rows={rows} selected={selected} onSelect={onSelect} />
            </th>
            <th scope="col" className="pr-4">
              {t('deployments.name')}
            </th>
            <th scope="col" className="w-36 pr-4 sm:w-44">
              {t('deployments.state')}
            </th>
            <th scope="col" className="hidden w-1/5 pr-4 md:table-cell">
              {t('deployments.sites')}
            </th>
            <th scope="col" className="hidden w-32 pr-4 lg:table-cell">
              {t('deployments.nodes')}
            </th>
            <th scope="col" className="hidden w-36 pr-4 md:table-cell">
              {t('deployments.created')}
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <DeploymentRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  height={rowHeight}
                  selected={selected.has(row.id)}
                  onSelect={() => toggle(row.id)}
                />
              )
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
      {isFetchingNextPage && (
        <p role="status" className="border-t border-line px-5 py-3 text-xs text-ink-3">
          {t('common.loading')}
        </p>
      )}
    </Card>
  );
}

function SelectAll({ rows, selected, onSelect }: Pick<DeploymentTableProps, 'rows' | 'selected' | 'onSelect'>) {
  const t = useT();
  const choosable = rows.filter((row) => row.state !== 'deleted' && row.state !== 'deleting');
  const all = choosable.length > 0 && choosable.every((row) => selected.has(row.id));
  return (
    <input
      type="checkbox"
      aria-label={t('deployments.selectAll')}
      checked={all}
      onChange={() => onSelect(all ? new Set() : new Set(choosable.map((row) => row.id)))}
      className="block size-4 accent-(--accent)"
    />
  );
}
