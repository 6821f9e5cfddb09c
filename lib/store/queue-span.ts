import type { SpanAbout, SpanWords } from '@/lib/core/tracing/span';

/**
 * What is traced of an entry of a queue that is worked on.
 * @param from the context of who asked for it
 */
export function spanOf(queue: string, words: SpanWords, from: string | undefined): SpanAbout {
  const messaging = { 'messaging.system': 'pg-boss', 'messaging.destination.name': queue, 'messaging.operation.type': 'process' };
  return { name: `process ${queue}`, kind: 'consumer', words: { ...messaging, ...words }, from };
}
