/** How long a stream may go on; the browser then connects again, and is asked again who it is. */
const MAX_MS = 600_000;
const BEAT_MS = 15_000;
/** Numbers are given out before they are committed, so a lower one may show up after a higher one; this far back is looked. */
const OVERLAP = 50;

interface Numbered {
  id: number;
}

interface Source<T extends Numbered> {
  /** what the messages are called */
  name: string;
  /** number after which it begins */
  after: number;
  read(slice: { limit: number; after: number }): Promise<T[]>;
  /** Calls back when there may be more. @returns what ends that */
  subscribe(onMore: () => void): Promise<() => void>;
  /** the request's: it fires when the reader has gone */
  signal: AbortSignal;
}

/**
 * A response of server-sent events (HTML, 9.2): what there is after a number, then what comes, each with its number as `id`,
 * so that a reader who lost the connection goes on by Last-Event-ID.
 */
export function eventStream<T extends Numbered>(source: Source<T>, headers: Record<string, string>): Response {
  const ended = AbortSignal.any([source.signal, AbortSignal.timeout(MAX_MS)]);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      try {
        say('retry: 1000\n\n');
        await pump(source, ended, say);
        controller.close();
      } catch (error) {
        // a reader who has gone is no fault; anything else ends the stream, and the reader comes again
        if (ended.aborted) return;
        controller.error(error);
      }
    },
  });
  const ownHeaders = {
    'content-type': 'text/event-stream; charset=utf-8',
    // `no-transform`: a compressor (Next's own, or a proxy's) would hold messages back until its buffer is full
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  };
  return new Response(stream, { headers: { ...headers, ...ownHeaders } });
}

async function pump<T extends Numbered>(source: Source<T>, ended: AbortSignal, say: (text: string) => void): Promise<void> {
  let wake = () => {};
  let more = true;
  const unsubscribe = await source.subscribe(() => {
    more = true;
    wake();
  });
  const sent = new Set<number>();
  let last = source.after;
  try {
    while (!ended.aborted) {
      if (!more) {
        const woken = await waitFor((resolve) => (wake = resolve), ended);
        if (!woken && !ended.aborted) say(': still here\n\n');
        if (!more) continue;
      }
      more = false;
      const from = Math.max(source.after, last - OVERLAP);
      const found = await source.read({ limit: 500, after: from });
      const fresh = found.filter(({ id }) => !sent.has(id));
      for (const item of fresh) {
        sent.add(item.id);
        last = Math.max(last, item.id);
        say(`id: ${last}\nevent: ${source.name}\ndata: ${JSON.stringify(item)}\n\n`);
      }
      for (const id of sent) if (id < last - 2 * OVERLAP) sent.delete(id);
      if (found.length === 500 && fresh.length > 0) more = true;
    }
  } finally {
    unsubscribe();
  }
}

// Resolves true when woken, false at the next beat or at the end.
function waitFor(onWake: (resolve: () => void) => void, ended: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (woken: boolean) => {
      clearTimeout(beat);
      ended.removeEventListener('abort', stop);
      resolve(woken);
    };
    const stop = () => done(false);
    const beat = setTimeout(stop, BEAT_MS);
    ended.addEventListener('abort', stop, { once: true });
    onWake(() => done(true));
  });
}
