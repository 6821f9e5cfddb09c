import type { Ledger } from './ledger';
import type { Ports } from './ports';
import { commit, type Write } from './write';

/** Writes outcomes as they come; those that come while one transaction runs share the next. */
export class Writer {
  /** false once somebody else had changed a row that was to be written: the pass must start over */
  steady = true;
  readonly #ports: Ports;
  readonly #ledger: Ledger;
  /** the batch that still takes writes */
  #open: { writes: Write[]; done: Promise<void> } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: Ports, ledger: Ledger) {
    this.#ports = ports;
    this.#ledger = ledger;
  }

  /** Resolves when the outcome is written, or is known to be out of date. */
  async write(write: Write): Promise<void> {
    this.#open ??= this.#newBatch();
    this.#open.writes.push(write);
    await this.#open.done;
  }

  #newBatch() {
    const writes: Write[] = [];
    const done = this.#last.then(() => {
      this.#open = undefined;
      return this.#flush(writes);
    });
    this.#last = done.catch(() => {});
    return { writes, done };
  }

  async #flush(writes: Write[]): Promise<void> {
    if (await commit(this.#ports, this.#ledger, writes)) return;
    // one of them is out of date: the others still count
    this.steady = false;
    if (writes.length > 1) for (const write of writes) await commit(this.#ports, this.#ledger, [write]);
  }
}
