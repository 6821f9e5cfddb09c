import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { RevocationRow, Schema } from '@/lib/store/schema';

export type Revocation = Selectable<RevocationRow>;

/** Seconds from one try to the next; the last one goes on until the credential ends by itself. */
const WAITS = [60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600];
/** Longer than any request for a new one can be under way. */
const MAKING_SECONDS = 600;

/** An application credential of Transat's making that is to end at its site. */
interface Owed {
  site: string;
  /** the site as its owner described it, where it is theirs and goes */
  siteGiven?: object;
  project: string;
  madeWith: string;
  name: string;
  atSite: string;
  cloudId: string;
  expiresAt: Date;
}

/** What is to be revoked at sites. Every call that a person asks for names the owner. */
export interface Revocations {
  /** Those of a person, the oldest first; without those that are being made this moment. */
  list(userId: string): Promise<Revocation[]>;
  find(id: string): Promise<Revocation | undefined>;
  /** Everybody's: ids, and when each is to be tried. */
  all(): Promise<Pick<Revocation, 'id' | 'next_try_at'>[]>;
  /** Notes one that is about to be made: it is looked for by its name and revoked, unless somebody keeps it. */
  making(userId: string, about: Omit<Owed, 'cloudId'>): Promise<Revocation>;
  /** The site told its id. */
  made(id: string, cloudId: string): Promise<void>;
  /** Notes what is to be revoked now. */
  owe(userId: string, about: Owed): Promise<Revocation>;
  /** The person deletes a site of theirs: what is to be revoked there goes on by its description. */
  keepSite(userId: string, site: string, given: object | undefined): Promise<void>;
  /** It could not be revoked: it is tried again, after ever longer waits. @returns when, in seconds */
  failed(id: string, problem: Problem): Promise<number>;
  /** It is gone at the site, never was there, or somebody keeps it. */
  settled(id: string): Promise<void>;
  /** The same, within a transaction. */
  within(trx: Kysely<Schema>): Revocations;
}

/** The revocations of a database. */
export function createRevocations({ db, clock }: { db: Kysely<Schema>; clock: Clock }): Revocations {
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
  const note = (userId: string, { siteGiven, ...about }: Omit<Owed, 'cloudId'> & { cloudId: string | null }, seconds: number) =>
    db
      .insertInto('revocations')
      .values({ id: newId('rev'), ...rowOf(userId, { siteGiven, ...about }), next_try_at: inSeconds(seconds), created_at: clock.now() })
      .returningAll()
      .executeTakeFirstOrThrow();
  const find = (id: string) => db.selectFrom('revocations').selectAll().where('id', '=', id).executeTakeFirst();

  return {
    find,
    all: () => db.selectFrom('revocations').select(['id', 'next_try_at']).execute(),
    list: (userId) =>
      db
        .selectFrom('revocations')
        .selectAll()
        .where('user_id', '=', userId)
        .where((where) => where.or([where('cloud_id', 'is not', null), where('attempts', '>', 0)]))
        .orderBy('created_at')
        .execute(),
    making: (userId, about) => note(userId, { ...about, cloudId: null }, MAKING_SECONDS),
    owe: (userId, about) => note(userId, about, WAITS[0] ?? 0),

    async made(id, cloudId) {
      await db.updateTable('revocations').set({ cloud_id: cloudId }).where('id', '=', id).execute();
    },

    async keepSite(userId, site, given) {
      const site_given = given === undefined ? null : JSON.stringify(given);
      await db.updateTable('revocations').set({ site_given }).where('user_id', '=', userId).where('site', '=', site).execute();
    },

    async failed(id, problem) {
      const row = await find(id);
      const seconds = WAITS[Math.min(row?.attempts ?? 0, WAITS.length - 1)] ?? 0;
      await db
        .updateTable('revocations')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), next_try_at: inSeconds(seconds), problem: JSON.stringify(problem) }))
        .where('id', '=', id)
        .execute();
      return seconds;
    },

    async settled(id) {
      await db.deleteFrom('revocations').where('id', '=', id).execute();
    },

    within: (trx) => createRevocations({ db: trx, clock }),
  };
}

function rowOf(userId: string, about: Omit<Owed, 'cloudId'> & { cloudId: string | null }) {
  return {
    user_id: userId,
    site: about.site,
    site_given: about.siteGiven === undefined ? null : JSON.stringify(about.siteGiven),
    project: about.project,
    made_with: about.madeWith,
    name: about.name,
    at_site: about.atSite,
    cloud_id: about.cloudId,
    expires_at: about.expiresAt,
  };
}
