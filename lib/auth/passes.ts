import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { log } from '@/lib/core/log';
import { type CredentialsRoom, meetsRequiredGroups } from '@/lib/credentials';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import type { Person } from './types';

/** Longer than anything stays open: a reader who goes without a word is forgotten then. */
const LONGEST_MS = 900_000;

interface Parts {
  store: Pick<Store, 'db' | 'listen'>;
  clock: Clock;
  credentials: Pick<CredentialsRoom, 'providers'>;
}

/** Watches what let people in, so that what stays open for them ends with it: by whatever process, within moments. */
export class Passes {
  readonly #parts: Parts;
  readonly #watched = new Map<string, Set<() => void>>();
  #listening: Promise<unknown> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param until when nobody is interested any more
   * @returns a signal that fires when the person's session or token has ended, or they have left the groups that may use this Transat
   */
  async watch(person: Person, until: AbortSignal): Promise<AbortSignal> {
    const end = new AbortController();
    const watching = this.#watched.get(person.id) ?? new Set();
    const look = () => {
      this.#isGood(person).then(
        (good) => good || end.abort(),
        (error: unknown) => log.warn({ err: error }, 'it could not be seen whether a session goes on'),
      );
    };
    this.#watched.set(person.id, watching.add(look));
    const left = person.endsAt.getTime() - this.#parts.clock.now().getTime();
    const stop = () => {
      clearTimeout(timer);
      watching.delete(look);
      if (watching.size === 0) this.#watched.delete(person.id);
    };
    const timer = setTimeout(() => (left <= LONGEST_MS ? end.abort() : stop()), Math.min(Math.max(left, 0), LONGEST_MS)).unref();
    AbortSignal.any([until, end.signal]).addEventListener('abort', stop, { once: true });
    if (until.aborted) stop();
    await this.#listen();
    // what ended before this process listened
    if (!(await this.#isGood(person))) end.abort();
    return end.signal;
  }

  async #isGood({ id, via, pass }: Person): Promise<boolean> {
    return (await isThere(this.#parts.store.db, via, pass)) && (await this.letsIn(id));
  }

  /** Whether somebody may still use this Transat, by their provider and the groups that they were last seen in. */
  async letsIn(userId: string): Promise<boolean> {
    const { store, credentials } = this.#parts;
    const row = await store.db.selectFrom('users').select(['provider', 'groups']).where('id', '=', userId).executeTakeFirst();
    const provider = credentials.providers.find(({ id }) => id === row?.provider);
    return provider !== undefined && meetsRequiredGroups(row?.groups ?? [], provider.requiredGroups);
  }

  async #listen(): Promise<void> {
    this.#listening ??= this.#parts.store.listen('passes', (userId) => {
      for (const look of this.#watched.get(userId) ?? []) look();
    });
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      throw error;
    }
  }
}

async function isThere(db: Kysely<Schema>, via: Person['via'], pass: string): Promise<boolean> {
  // an access token is its provider's: it ends at its own time
  if (via === 'bearer') return true;
  const row =
    via === 'session'
      ? await db.selectFrom('sessions').select('id').where('ref', '=', pass).executeTakeFirst()
      : await db.selectFrom('tokens').select('id').where('id', '=', pass).executeTakeFirst();
  return row !== undefined;
}
