import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { inSpan, traceContext } from '@/lib/core/tracing/span';
import { Errands } from './errands';
import { once } from './once';
import { spanOf } from './queue-span';
import { Seats } from './seats';

/** Runs one deployment for a while; never throws (what it throws is only counted, and tried again). */
export type RunDeployment = (deploymentId: string, signal: AbortSignal) => Promise<void>;

/** How many deployments one worker attends to at a time, by whose they are. A place that one kind may not take stays free for the other. */
export interface Places {
  /** for whichever waits longest, a person's first ones before others */
  any: number;
  /** for the first few that each person has under way */
  first?: number;
  /** for all others: somebody's many, and what is looked at again now and then */
  others?: number;
}

const queueName = 'deployments';
/** Priorities of entries. */
const [ofOthers, ofFirst] = [0, 1];
/** The least that pg-boss allows: a worker that was killed is noticed after this and a supervision beat. */
const heartbeatSeconds = 10;
const superviseSeconds = 2;
/** … of which there is none beside the process that has the embedded database. */
const superviseAloneSeconds = 30;

/**
 * The durable list of deployments to look at: at most one waiting entry for a deployment, at most one being worked on,
 * and an entry whose worker died goes to another worker.
 */
export class PassQueue {
  readonly #start: () => Promise<PgBoss>;
  #running: PgBoss | undefined;
  #seats: Seats<Entry> | undefined;
  readonly #onError: (error: Error) => void;
  /** what is to be done beside deployments */
  readonly errands: Errands;

  constructor(options: ConstructorOptions, onError: (error: Error) => void = () => {}) {
    this.#onError = onError;
    const supervise = options.backend === 'pglite' ? superviseAloneSeconds : superviseSeconds;
    this.#start = once(async () => {
      const boss = new PgBoss({
        ...options,
        schema: 'queue',
        schedule: false,
        superviseIntervalSeconds: supervise,
        monitorIntervalSeconds: supervise,
        monitorVacuum: false,
        reindex: false,
      });
      boss.on('error', (error) => this.#onError(error));
      await boss.start();
      // `short` keeps one waiting entry a key; the group keeps one at work
      await boss.createQueue(queueName, {
        policy: 'short',
        heartbeatSeconds,
        expireInSeconds: 3600,
        retryLimit: 1_000_000,
        retryDelay: 0,
        deleteAfterSeconds: 60,
      });
      this.#running = boss;
      return boss;
    });
    this.errands = new Errands(this.#start);
  }

  /** Opens the queue (makes its tables where they are missing). All other calls do so by themselves. */
  async open(): Promise<void> {
    await this.#start();
  }

  /**
   * Asks for a look at a deployment.
   * @param options.after seconds from now, 0 unless told. A look that is due earlier stays, one that is due later is brought forward.
   * @param options.first it is one of the first few that its owner has under way, see {@link Places}
   */
  async enqueue(deploymentId: string, { after = 0, first = false }: { after?: number; first?: boolean } = {}): Promise<void> {
    const boss = await this.#start();
    const job = entryOf(deploymentId, after, first);
    if (after === 0 || ((await boss.send(queueName, job.data, job)) === null && (await this.#isDueLater(deploymentId, after)))) {
      await boss.upsert(queueName, job.data, job);
    }
    if (after === 0) this.ring();
  }

  async #isDueLater(deploymentId: string, after: number): Promise<boolean> {
    const boss = await this.#start();
    const waiting = await boss.findJobs(queueName, { key: deploymentId, queued: true });
    return waiting.some(({ startAfter }) => startAfter.getTime() > Date.now() + after * 1000);
  }

  /**
   * Sees to it that every deployment has a look waiting; where one is, it stays as it is.
   * @param after seconds from now, for those that had none
   */
  async ensure(deploymentIds: readonly string[], after: number): Promise<void> {
    const boss = await this.#start();
    await boss.insert(
      queueName,
      deploymentIds.map((id) => entryOf(id, after)),
    );
  }

  /**
   * Works on what is due, as many deployments at a time as there are places, until {@link close}.
   * @param run is told by the signal when it must stop
   */
  async work(run: RunDeployment, { any, first = 0, others = 0 }: Places): Promise<void> {
    const boss = await this.#start();
    const seats = new Seats<Entry>(
      boss,
      queueName,
      async ({ data: { deploymentId, trace }, signal }) => {
        await inSpan(spanOf(queueName, { 'transat.deployment': deploymentId }, trace), () => run(deploymentId, signal));
      },
      this.#onError,
    );
    this.#seats = seats;
    await seats.add(any, 'any', { groupConcurrency: 1 });
    await seats.add(first, 'first', { groupConcurrency: 1, minPriority: ofFirst });
    await seats.add(others, 'others', { groupConcurrency: 1, maxPriority: ofOthers });
  }

  /** An entry may have become due: whoever works here is to look now. Without it, that is found within two seconds. */
  ring(): void {
    this.#seats?.ring();
  }

  /** Entries that a dead process of this very database left at work are due again at once. Only where no other worker can be. */
  async releaseOrphans(): Promise<void> {
    const boss = await this.#start();
    const jobs = await boss.findJobs(queueName, { queued: false });
    const orphans = jobs.filter((job) => job.state === 'active').map((job) => job.id);
    if (orphans.length > 0) await boss.fail(queueName, orphans);
  }

  /** How many entries wait and how many are at work. */
  async counts(): Promise<{ waiting: number; active: number }> {
    const boss = await this.#start();
    const stats = await boss.getQueue(queueName);
    return { waiting: stats?.queuedCount ?? 0, active: stats?.activeCount ?? 0 };
  }

  /** Stops taking entries and waits for those at work, at most `seconds`. */
  async close(seconds = 5): Promise<void> {
    this.#seats?.close();
    this.errands.close();
    await this.#running?.stop({ graceful: true, timeout: seconds * 1000, close: true });
    this.#running = undefined;
  }
}

interface Entry {
  deploymentId: string;
  trace?: string;
}

function entryOf(deploymentId: string, after: number, first = false) {
  const priority = first ? ofFirst : ofOthers;
  // what is put off is a piece of work of its own
  const data: Entry = { deploymentId, trace: after === 0 ? traceContext() : undefined };
  return { data, singletonKey: deploymentId, group: { id: deploymentId }, startAfter: after, priority };
}
