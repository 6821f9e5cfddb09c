'use client';

import type { Span } from '@/lib/leases/types';
import { lengthText } from './times';
import { useTimes } from './zone';

/** A time from when to when, by the clocks of the person, with UTC below it. */
export function SpanText({ span, length = false }: { span: Span; length?: boolean }) {
  const times = useTimes();
  return (
    <span className="block min-w-0">
      <span className="block font-medium text-ink tabular-nums">
        {times.span(span)}
        {length && <span className="font-normal text-ink-2"> · {lengthText(span.end - span.start)}</span>}
      </span>
      <span className="block text-xs text-ink-3 tabular-nums">{times.utc(span)}</span>
    </span>
  );
}

/** Reads the times of what the API told. */
export const spanOf = ({ start, end }: { start: string; end: string }): Span => ({ start: Date.parse(start), end: Date.parse(end) });
