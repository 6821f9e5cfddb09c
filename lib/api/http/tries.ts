import { type Kysely, sql } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Schema } from '@/lib/store/schema';

/** How often one person may ask for something that costs much, or reaches out to addresses and accounts of others. */
export interface Limit {
  /** requests of the same name are counted together */
  name: string;
  most: number;
  seconds: number;
}

/**
 * Counts what people try, over a window that slides: a program can't search hosts for open ports or guess passwords by Transat, nor keep it busy
 * for itself. It is counted in the database, so that several processes count together; a person has one row for each name.
 */
export class Tries {
  readonly #db: Kysely<Schema>;
  readonly #clock: Clock;
  constructor(db: Kysely<Schema>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
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
    throw new TooManyTries(Math.max(1, Math.ceil((first + seconds * 1000 - now.getTime()) / 1000)));
  }
}

/** The problem for what was tried too often. */
export class TooManyTries extends AppError {
  /** seconds */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super({
      code: 'rate-limited',
      title: 'This was tried too often',
      detail: 'This was asked so often for you in a short time that Transat does it no more now.',
      cause: 'It reaches servers of others, or takes much work, so there is a limit for one person.',
      remedy: `Try again in ${retryAfter < 120 ? `${retryAfter} s` : `${Math.ceil(retryAfter / 60)} minutes`}.`,
    });
    this.retryAfter = retryAfter;
  }
}
