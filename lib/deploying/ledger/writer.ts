import type { Ports } from '../ports';
import type { Ledger } from './ledger';
import { commit, type Write } from './write';

interface Batch {
  writes: Write[];
  /** those that were out of date */
  stale: Promise<Set<Write>>;
}

/** Writes what a pass intends and learns, one transaction after the other; what comes while one runs shares the next. */
export class Writer {
  readonly #ports: Ports;
  readonly #ledger: Ledger;
  /** still takes writes */
  #open: Batch | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: Ports, ledger: Ledger) {
    this.#ports = ports;
    this.#ledger = ledger;
  }

  /** @returns false when somebody else had changed the row: nothing of this write is stored then, and the pass must start over */
  async write(write: Write): Promise<boolean> {
    this.#open ??= this.#newBatch();
    this.#open.writes.push(write);
    return !(await this.#open.stale).has(write);
  }

  #newBatch(): Batch {
    const writes: Write[] = [];
    const stale = this.#last.then(() => {
      this.#open = undefined;
      return this.#flush(writes);
    });
    this.#last = stale.catch(() => {});
    return { writes, stale };
  }

  async #flush(writes: Write[]): Promise<Set<Write>> {
    const stale = new Set<Write>();
    if (await commit(this.#ports, this.#ledger, writes)) return stale;
    for (const write of writes) {
      if (writes.length === 1 || !(await commit(this.#ports, this.#ledger, [write]))) stale.add(write);
    }
    return stale;
  }
}
