import type { Job, PgBoss, WorkOptions } from 'pg-boss';
import { type Due, type Seat, type Takes, whomToWake } from './waking';

/** Seconds after which what was put off is found to be due. */
const beatSeconds = 2;
/** So rarely a place that nobody wakes looks by itself. */
const ownBeatSeconds = 60;
/** One that was woken fetches in this time. */
const fetchMs = 500;

/**
 * The places of one queue in this process. A place looks for an entry when it is woken, and as many are woken as entries are due: one question a beat and
 * event, where each place for itself would ask as often.
 */
export class Seats<T extends object> {
  readonly #boss: PgBoss;
  readonly #queue: string;
  readonly #run: (job: Job<T>) => Promise<void>;
  readonly #onError: (error: Error) => void;
  readonly #seats: (Seat & { busy: boolean; wokenAt: number })[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;

  /** @param run works on one entry; never throws (what it throws is only counted, and tried again) */
  constructor(boss: PgBoss, queue: string, run: (job: Job<T>) => Promise<void>, onError: (error: Error) => void = () => {}) {
    this.#boss = boss;
    this.#queue = queue;
    this.#run = run;
    this.#onError = onError;
  }

  /** Takes so many places more. */
  async add(count: number, takes: Takes, options: WorkOptions = {}): Promise<void> {
    for (let index = 0; index < count; index++) {
      const seat = { id: '', takes, busy: false, wokenAt: 0 };
      this.#seats.push(seat);
      const polling = { pollingIntervalSeconds: ownBeatSeconds, notifyPollingIntervalSeconds: ownBeatSeconds };
      seat.id = await this.#boss.work<T>(this.#queue, { ...options, ...polling, batchSize: 1 }, async ([job]) => {
        if (!job) return;
        seat.busy = true;
        try {
          await this.#run(job);
        } finally {
          seat.busy = false;
          // its entry is only counted as done in a moment; what waits for a free place waits for this one
          setTimeout(() => this.ring(), 0);
        }
      });
    }
    if (this.#timer) return;
    this.#timer = setInterval(() => this.ring(), beatSeconds * 1000);
    this.#timer.unref();
  }

  /** Something may be due. */
  ring(): void {
    if (!this.#timer) return;
    if (this.#looking) this.#again = true;
    else this.#looking = this.#look().finally(() => this.#afterLook());
  }

  #afterLook(): void {
    this.#looking = undefined;
    if (!this.#again) return;
    this.#again = false;
    this.ring();
  }

  async #look(): Promise<void> {
    const since = Date.now() - fetchMs;
    const idle = this.#seats.filter(({ busy, wokenAt }) => !busy && wokenAt < since);
    if (idle.length === 0) return;
    try {
      for (const seat of whomToWake(await this.#due(), idle)) {
        Object.assign(seat, { wokenAt: Date.now() });
        this.#boss.notifyWorker(seat.id);
      }
    } catch (error) {
      // the next beat asks again
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  // One that is due while another of its group is worked on has to wait for that.
  async #due(): Promise<Due> {
    const due = (which: string) => `(select count(*)::int from (
      select from queue.job j where j.name = $1 and j.state < 'active' and j.start_after <= now() and ${which}
      and (j.group_id is null or not exists (
        select from queue.job a where a.name = $1 and a.state = 'active' and a.group_id = j.group_id))
      limit $2) due)`;
    // each for itself: among very many others, the few first ones are not to be missed
    const { rows } = await this.#boss
      .getDb()
      .executeSql(`select ${due('j.priority > 0')} as first, ${due('j.priority <= 0')} as others`, [this.#queue, this.#seats.length]);
    return rows[0] as Due; // the query's own columns
  }

  /** Wakes nobody any more. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
