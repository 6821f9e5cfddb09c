import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { inCommon } from '@/lib/core/in-common';
import type { CredentialsRoom } from '@/lib/credentials';
import type { GroupMembership } from '@/lib/store/schema';
import type { PersonRow } from './people';

/** What a provider said of a person's groups is believed this long. */
const MOST_AGE_MS = 3600_000;
/** A provider that did not tell is not asked again before. */
const PAUSE_MS = 30_000;
const MOST_KEPT = 10_000;

/** A person's memberships as they are now; or why that is not known. */
export type Known = { groups: GroupMembership[]; problem?: undefined } | { groups: []; problem: AppError };

/** Reads memberships again when they are an hour old, whatever a person comes with: sessions and tokens live much longer. */
export class Memberships {
  readonly #credentials: Pick<CredentialsRoom, 'grants'>;
  readonly #clock: Clock;
  readonly #together = inCommon<Known>();
  readonly #silent = new Map<string, { until: number; known: Known }>();

  constructor(credentials: Pick<CredentialsRoom, 'grants'>, clock: Clock) {
    this.#credentials = credentials;
    this.#clock = clock;
  }

  /** Parallel callers share one question. */
  async of(person: Pick<PersonRow, 'id' | 'provider' | 'groups' | 'groups_at'>): Promise<Known> {
    const now = this.#clock.now().getTime();
    if (person.groups_at && now - person.groups_at.getTime() < MOST_AGE_MS) return { groups: person.groups };
    const silent = this.#silent.get(person.id);
    if (silent && silent.until > now) return silent.known;
    return await this.#together(person.id, () => this.#ask(person));
  }

  async #ask({ id, provider }: Pick<PersonRow, 'id' | 'provider'>): Promise<Known> {
    const known = await this.#read(id, provider);
    if (known.problem) {
      if (this.#silent.size >= MOST_KEPT) this.#silent.clear();
      this.#silent.set(id, { until: this.#clock.now().getTime() + PAUSE_MS, known });
    } else this.#silent.delete(id);
    return known;
  }

  async #read(id: string, provider: string): Promise<Known> {
    try {
      const groups = await this.#credentials.grants.readMemberships(id, provider);
      return groups ? { groups } : { groups: [], problem: notTold() };
    } catch (error) {
      return { groups: [], problem: AppError.from(error) };
    }
  }
}

function notTold(): AppError {
  return new AppError({
    code: 'session-expired',
    title: 'Your groups are not known any more',
    detail: 'What your token lets Transat read does not tell of your groups, and nothing that you signed in with before is good any more.',
    remedy: 'Sign in with a browser, or use a token with the scopes that tell of groups.',
  });
}
