import { AppError } from '@/lib/core/errors';

/** What one person, or one network of those who have not signed in, may have open in this process at once: streams, and bytes of requests that are not answered yet. */
const most = { streams: 100, bytes: 8 * 1024 * 1024 } as const;
export type Held = keyof typeof most;

/** Counts what this process holds for each person at this moment, so that nobody takes its memory for themselves. */
export class Holding {
  readonly #held = { streams: new Map<string, number>(), bytes: new Map<string, number>() };

  /**
   * Holds more for a person.
   * @returns what gives it back; twice is as once
   * @throws AppError `rate-limited`
   */
  take(asker: string, what: Held, count: number): () => void {
    const held = this.#held[what];
    const sum = (held.get(asker) ?? 0) + count;
    if (sum > most[what]) throw new TooMuchAtOnce(what);
    held.set(asker, sum);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (held.get(asker) ?? 0) - count;
      if (left > 0) held.set(asker, left);
      else held.delete(asker);
    };
  }
}

/** An answer that gives back what it holds once it was read to its end, its reader has gone, or it failed. */
export function givingBack(answer: Response, giveBack: () => void, gone: AbortSignal): Response {
  gone.addEventListener('abort', giveBack, { once: true });
  const reader = answer.body?.getReader();
  if (!reader || gone.aborted) giveBack();
  if (!reader) return answer;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      giveBack();
    },
    async cancel(reason) {
      giveBack();
      await reader.cancel(reason);
    },
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}

class TooMuchAtOnce extends AppError {
  /** seconds */
  readonly retryAfter = 5;
  constructor(what: Held) {
    super({
      code: 'rate-limited',
      title: what === 'streams' ? 'Too much is open at once' : 'Too much is sent at once',
      detail:
        what === 'streams'
          ? `${most.streams} answers that go on are open for you already.`
          : 'Requests of 8 MiB are under way for you already.',
      remedy: what === 'streams' ? 'Close some of them.' : 'Wait until they are answered.',
    });
  }
}
