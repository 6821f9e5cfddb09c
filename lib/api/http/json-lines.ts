import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { common, problemOf } from './reply';

/** The media type of {@link jsonLines}. */
export const jsonLinesType = 'application/x-ndjson';

/** Whether a request wants its answer piece by piece. */
export function wantsLines({ headers }: Request): boolean {
  return headers.get('accept')?.includes(jsonLinesType) === true;
}

/**
 * A response of one JSON value a line (https://github.com/ndjson/ndjson-spec), each sent when it is known. What fails on the way is the
 * last line: `{"failed": …}` with the problem, since the status has gone out long before.
 * @param tell says the lines, and ends when there are no more; what it says after the reader has gone is dropped
 */
export function jsonLines<Line extends object>(
  { signal, requestId }: { signal: AbortSignal; requestId: string },
  tell: (say: (line: Line) => void) => Promise<unknown>,
): Response {
  const encoder = new TextEncoder();
  let open = true;
  const stream = new ReadableStream<Uint8Array>({
    // a reader may go without the request being aborted
    cancel() {
      open = false;
    },
    async start(controller) {
      const end = () => {
        if (open) controller.close();
        open = false;
      };
      signal.addEventListener('abort', end, { once: true });
      const say = (line: object) => {
        if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await tell(say);
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error, requestId }, 'a stream met a fault');
        say({ failed: problemOf(error, requestId) });
      }
      end();
    },
  });
  const headers = {
    ...common,
    'content-type': `${jsonLinesType}; charset=utf-8`,
    // `no-transform`: a compressor would hold lines back until its buffer is full
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': requestId,
  };
  return new Response(stream, { headers });
}
