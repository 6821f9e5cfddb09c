import type { Clock } from '@/lib/core/clock';
import type { Job } from './records';

/** What happens when a job is due; a promise is waited for by {@link Schedule.settled} only. */
export type JobHandler = (id: string) => void | Promise<void>;

/** What is kept of a schedule: what is to happen, and what was begun and has not come to its end. */
export interface KeptJobs {
  jobs: Job[];
  underWay?: Job[];
}

const LONGEST_TIMER_MS = 60_000;

/**
 * Does what is due: the passing of time in a cloud. Jobs live in the cloud's state, so they survive a restart, and what
 * was under way when the process died is done once more. They run by a timer, and before each request too, so nobody ever sees a state that should have passed.
 */
export class Schedule {
  readonly #clock: Clock;
  readonly #speed: number;
  readonly #kept: () => KeptJobs;
  readonly #changed: () => void;
  readonly #handlers = new Map<string, JobHandler>();
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param options.speed divides all simulated durations */
  constructor(options: { clock: Clock; speed: number; kept: () => KeptJobs; changed: () => void }) {
    this.#clock = options.clock;
    this.#speed = options.speed;
    this.#kept = options.kept;
    this.#changed = options.changed;
    const kept = this.#kept();
    kept.jobs.push(...(kept.underWay ?? []));
    delete kept.underWay;
  }

  on(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  now(): number {
    return this.#clock.now().getTime();
  }

  /** Makes `kind` happen to `id` in so many simulated milliseconds, and so many real ones more. */
  after(milliseconds: number, kind: string, id: string, realMs = 0): void {
    this.at(this.now() + this.real(milliseconds) + realMs, kind, id);
  }

  /** How long so many simulated milliseconds take. */
  real(milliseconds: number): number {
    return milliseconds / this.#speed;
  }

  /** Makes `kind` happen to `id` at a moment (milliseconds since 1970). */
  at(moment: number, kind: string, id: string): void {
    this.#kept().jobs.push({ at: moment, kind, id });
    this.#changed();
    this.#arm();
  }

  /** Forgets what was to happen to `id`; what is under way goes on, and is not done once more after a restart. */
  cancel(id: string, kind?: string): void {
    const kept = this.#kept();
    const stays = (job: Job) => job.id !== id || (kind !== undefined && job.kind !== kind);
    kept.jobs = kept.jobs.filter(stays);
    kept.underWay = kept.underWay?.filter(stays);
  }

  /** When the next thing of a kind that begins so is due; null where nothing is. */
  next(prefix: string): number | null {
    const moments = this.#kept().jobs.flatMap(({ at, kind }) => (kind.startsWith(prefix) ? [at] : []));
    return moments.length > 0 ? Math.min(...moments) : null;
  }

  /** Runs all that is due now, earliest first. */
  run(): void {
    for (;;) {
      const jobs = this.#kept().jobs;
      const now = this.now();
      const next = jobs.reduce<Job | null>((best, job) => (job.at <= now && (!best || job.at < best.at) ? job : best), null);
      if (!next || this.#closed) break;
      jobs.splice(jobs.indexOf(next), 1);
      this.#changed();
      const outcome = this.#handlers.get(next.kind)?.(next.id);
      if (outcome) this.#follow(next, outcome);
    }
    this.#arm();
  }

  /** Resolves when nothing that {@link run} began is still going on. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #follow(job: Job, outcome: Promise<void>): void {
    const kept = this.#kept();
    kept.underWay = [...(kept.underWay ?? []), job];
    const followed: Promise<void> = outcome.finally(() => {
      this.#running.delete(followed);
      kept.underWay = kept.underWay?.filter((one) => one !== job);
      this.#changed();
    });
    this.#running.add(followed);
  }

  #arm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const first = this.#kept().jobs.reduce((least, job) => Math.min(least, job.at), Number.POSITIVE_INFINITY);
    if (this.#closed || first === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(first - this.now(), 1), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.run(), wait);
  }
}
