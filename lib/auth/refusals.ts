import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { log } from '@/lib/core/log';
import type { Schema } from '@/lib/store/schema';

/** One row of the same kind a minute: who tries a thousand tokens fills no disk. */
const WINDOW_MS = 60_000;
const MOST_KINDS = 1000;

/** Ways in that were refused. */
export type RefusalKind = 'sign-in-failed' | 'token-refused' | 'denied';

export interface Refusal {
  /** whom, where that is known */
  userId?: string;
  /** provider, or the kind of token */
  subject: string;
  /** why, as a code */
  why: string;
  /** kind of network, and what else tells the operator where to look; no secrets */
  data?: Record<string, unknown>;
}

/** Writes down what was refused: the operator's only trace of somebody who tries doors. */
export class Refusals {
  readonly #db: Kysely<Schema>;
  readonly #clock: Clock;
  readonly #recent = new Map<string, { since: number; left: number }>();

  constructor(db: Kysely<Schema>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Never throws: a refusal stays one, also where it can't be written down. */
  async note(action: RefusalKind, { userId, subject, why, data = {} }: Refusal): Promise<void> {
    const at = this.#clock.now();
    const left = this.#leftOut(JSON.stringify([action, userId, subject, why]), at.getTime());
    if (left === null) return;
    const more = left > 0 ? { more: left } : {};
    const row = { at, user_id: userId ?? null, action, subject: subject.slice(0, 200), data: JSON.stringify({ why, ...data, ...more }) };
    try {
      await this.#db.insertInto('audit').values(row).execute();
    } catch (error) {
      log.error({ err: error, action }, 'a refusal could not be written down');
    }
  }

  // how many of the same were left out since the last row; null: this one is left out, too
  #leftOut(key: string, now: number): number | null {
    const recent = this.#recent.get(key);
    if (recent && now - recent.since < WINDOW_MS) {
      recent.left++;
      return null;
    }
    if (this.#recent.size >= MOST_KINDS) this.#recent.clear();
    this.#recent.set(key, { since: now, left: 0 });
    return recent?.left ?? 0;
  }
}
