import { type Kysely, sql } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { type Limit, RecentTries, secondsUntil, TooManyTries } from '@/lib/core/tries';
import type { Schema } from '@/lib/store/schema';

/**
 * Counts what people try, over a window that slides: a program can't search hosts for open ports or guess passwords by Transat, nor keep it busy
 * for itself. It is counted in the database, so that several processes count together; a person has one row for each name. Of who has not
 * signed in nothing is kept: each process counts for itself.
 */
export class Tries {
  readonly #db: Kysely<Schema>;
  readonly #clock: Clock;
  readonly #strangers: RecentTries;
  constructor(db: Kysely<Schema>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#strangers = new RecentTries(clock);
  }

  /** Counts one more of somebody who has not signed in. @throws AppError as {@link take} */
  takeFrom(network: string, limit: Limit): void {
    this.#strangers.take(network, limit);
  }

  /** Counts one more. @throws AppError `rate-limited`, with when to try again */
  async take(userId: string, { name, most, seconds }: Limit): Promise<void> {
    const now = this.#clock.now();
    const begin = new Date(now.getTime() - seconds * 1000);
    const recent = sql<Date[]>`array(select moment from unnest(tries.at) as moment where moment > ${begin})`;
    const taken = await sql`insert into tries (user_id, name, at) values (${userId}, ${name}, array[${now}::timestamptz])
      on conflict (user_id, name) do update set at = ${recent} || excluded.at where cardinality(${recent}) < ${most}`.execute(this.#db);
    if (taken.numAffectedRows !== 0n) return;
    const row = await this.#db.selectFrom('tries').select('at').where('user_id', '=', userId).where('name', '=', name).executeTakeFirst();
    const first = row?.at.map((moment) => moment.getTime()).find((moment) => moment > begin.getTime()) ?? now.getTime();
    throw new TooManyTries(secondsUntil(first + seconds * 1000, now.getTime()));
  }
}
