'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiPath } from '@/components/api/client';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { ScrollBox } from '@/components/ui/scroll-box';
import type { NodeView } from '@/lib/api/contract/deployments';
import type { LogLine } from '@/lib/api/contract/history';
import { saveFile } from '../save-file';
import { useStream } from '../use-stream';
import { logText } from './log-text';
import { mergeLines } from './merge-lines';

const keep = 20_000;

/** What a node prints, as it prints it. Follows the end until one scrolls away from it. */
export function NodeLog({ deployment, node }: { deployment: string; node: NodeView }) {
  const { t, format } = useLanguage();
  const [lines, setLines] = useState<LogLine[]>([]);
  const [follow, setFollow] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const onMessages = useCallback((messages: unknown[]) => setLines((known) => mergeLines(known, messages.filter(isLogLine), keep)), []);
  const state = useStream(apiPath(`/deployments/${encodeURIComponent(deployment)}/log`, { node: node.key, follow: true }), onMessages);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => lines[index]?.id ?? index,
  });
  useEffect(() => {
    if (follow && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines.length, rows]);
  return (
    <Section
      id="log"
      title={t('log.title')}
      aside={
        <span className="flex items-center gap-2">
          <Button
            look="ghost"
            className="min-h-8 text-xs"
            onClick={() => saveFile(`${node.hostname}.log`, lines.map((line) => line.text).join('\n'))}
          >
            {t('log.save')}
          </Button>
          <FilterChip on={follow} onClick={() => setFollow(!follow)}>
            {t('log.follow')}
          </FilterChip>
        </span>
      }
    >
      <ScrollBox
        ref={box}
        role="log"
        translate="no"
        aria-live="off"
        aria-label={t('log.of', { node: node.hostname })}
        onWheel={(event) => event.deltaY < 0 && setFollow(false)}
        className="h-96 overflow-auto rounded-b-card bg-sunken font-mono text-xs leading-5"
      >
        {lines.length === 0 ? (
          <p className="p-5 font-sans text-sm text-ink-2">{state === 'lost' ? t('log.lost') : t('log.none')}</p>
        ) : (
          <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map((row) => {
              const line = lines[row.index];
              if (!line) return null;
              return (
                <div
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className="absolute top-0 left-0 flex w-full gap-3 px-4"
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <time dateTime={line.at} title={`${format.utc(line.at)} · ${line.step}`} className="shrink-0 text-ink-3 select-none">
                    {format.clock(line.at)}
                  </time>
                  <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">{logText(line.text)}</span>
                </div>
              );
            })}
          </div>
        )}
      </ScrollBox>
    </Section>
  );
}

function isLogLine(message: unknown): message is LogLine {
  return (
    typeof message === 'object' &&
    message !== null &&
    'id' in message &&
    typeof message.id === 'number' &&
    'text' in message &&
    'step' in message
  );
}
