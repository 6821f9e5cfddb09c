import type { PgBoss } from 'pg-boss';
import { inSpan, traceContext } from '@/lib/core/tracing/span';
import { once } from './once';
import { spanOf } from './queue-span';
import { Seats } from './seats';

/** Runs one errand. @returns in how many seconds it is to be run again; null: it is done */
export type RunErrand = (errand: string) => Promise<number | null>;

const queueName = 'errands';

/**
 * Small things that are to be done at a moment, in whatever process works: the durable list of them, beside that of deployments. Each
 * has at most one entry that waits. What an errand is about is a row of its own, which also tells whether it is done: an entry that was
 * lost is put back by {@link Errands.ensure}.
 */
export class Errands {
  readonly #start: () => Promise<PgBoss>;
  #seats: Seats<Entry> | undefined;

  /** @param boss starts the queue's engine */
  constructor(boss: () => Promise<PgBoss>) {
    this.#start = once(async () => {
      const started = await boss();
      await started.createQueue(queueName, { policy: 'short', retryLimit: 0, expireInSeconds: 300, deleteAfterSeconds: 60 });
      return started;
    });
  }

  /** Asks for an errand. One that waits already is moved to this moment. @param after seconds from now */
  async ask(errand: string, after = 0): Promise<void> {
    const boss = await this.#start();
    const job = entryOf(errand, after);
    await boss.upsert(queueName, job.data, job);
    if (after === 0) this.#seats?.ring();
  }

  /** Sees to it that each has an entry; where one waits, it stays as it is. */
  async ensure(errands: readonly { errand: string; after: number }[]): Promise<void> {
    if (errands.length === 0) return;
    const boss = await this.#start();
    await boss.insert(
      queueName,
      errands.map(({ errand, after }) => entryOf(errand, after)),
    );
  }

  /** Runs what is due, `concurrency` at a time, until the queue is closed. @param onFault told of what a run throws: that errand is left */
  async work(run: RunErrand, concurrency: number, onFault: (error: unknown, errand: string) => void): Promise<void> {
    const boss = await this.#start();
    this.#seats = new Seats<Entry>(boss, queueName, async ({ data: { errand, trace } }) => {
      try {
        const again = await inSpan(spanOf(queueName, { 'transat.errand': errand.split(' ')[0] }, trace), () => run(errand));
        if (again !== null) await this.ensure([{ errand, after: again }]);
      } catch (error) {
        onFault(error, errand);
      }
    });
    await this.#seats.add(concurrency, 'any');
  }

  /** Takes no more of them. */
  close(): void {
    this.#seats?.close();
  }
}

interface Entry {
  errand: string;
  trace?: string;
}

function entryOf(errand: string, after: number) {
  // what is put off is a piece of work of its own
  const data: Entry = { errand, trace: after === 0 ? traceContext() : undefined };
  return { data, singletonKey: errand, startAfter: Math.ceil(after) };
}
