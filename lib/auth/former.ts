import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { ProviderConfig } from '@/lib/core/config';
import { log } from '@/lib/core/log';
import type { CredentialsRoom } from '@/lib/credentials';
import type { Claims } from '@/lib/credentials/types';
import type { Schema } from '@/lib/store/schema';

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  credentials: Pick<CredentialsRoom, 'grants'>;
}

/** What becomes of a row from the time when people could be known by another claim, when somebody signs in. */
export type FormerFate =
  /** it is of this subject: all in it stays (`proven`), or all that could have been left in it by another ends */
  | { of: string; proven: boolean }
  /** several people were in it: nobody gets it by signing in */
  | 'set-aside'
  /** it is not known whose it is; it waits */
  | 'waits';

interface FormerRow {
  /** what names the row */
  subject: string;
  /** subjects in its kept ID tokens, each checked when it was kept */
  kept: readonly string[];
}

/**
 * Decides whose a former row is. The claim that named it only says where to look: some providers let people choose it, so whoever could choose
 * another's would get what is theirs. What proves is a kept ID token that names the subject; or, where none is kept, that the row's name is the
 * very subject, or that the operator vouches for the claim.
 */
export function fateOf(row: FormerRow, claims: Pick<Claims, 'subject' | 'formerSubject'>, vouched: boolean): FormerFate {
  const [one, ...others] = row.kept;
  if (others.length > 0) return 'set-aside';
  if (one !== undefined) return { of: one, proven: true };
  if (row.subject === claims.subject) return { of: claims.subject, proven: false };
  if (vouched && row.subject === claims.formerSubject) return { of: claims.subject, proven: false };
  return 'waits';
}

/** Gives the person who signs in the row of theirs from before, where it is proven to be theirs. See docs/decisions. */
export async function claimFormerPerson(parts: Parts, provider: ProviderConfig, claims: Claims): Promise<void> {
  const { db, credentials } = parts;
  const names = [claims.subject, claims.formerSubject].filter((name) => name !== undefined);
  const rows = await db
    .selectFrom('users')
    .select(['id', 'subject'])
    .where('issuer', '=', provider.issuer)
    .where('subject', 'in', names)
    .where('subject_is_sub', '=', false)
    .execute();
  // the row of the very subject first: it must be out of the way, or theirs
  for (const row of rows.sort((a) => (a.subject === claims.subject ? -1 : 1))) {
    const kept = await credentials.grants.subjects(row.id, provider.id);
    const fate = fateOf({ subject: row.subject, kept }, claims, provider.formerSubject !== undefined);
    if (fate !== 'waits') await carryOut(parts, provider, row, fate, row.subject === claims.subject);
  }
}

async function carryOut(
  { db, clock }: Parts,
  { issuer }: ProviderConfig,
  row: { id: string; subject: string },
  fate: Exclude<FormerFate, 'waits'>,
  inTheWay: boolean,
): Promise<void> {
  const given = fate === 'set-aside' ? undefined : fate;
  await db.transaction().execute(async (trx) => {
    const other = given
      ? await trx
          .selectFrom('users')
          .select('id')
          .where('issuer', '=', issuer)
          .where('subject', '=', given.of)
          .where('id', '!=', row.id)
          .executeTakeFirst()
      : undefined;
    // whoever it is has an account by now, and nobody takes a second one
    if (other && !inTheWay) return;
    const taken = given !== undefined && other === undefined;
    // no provider gives out a subject of this form
    const subject = taken ? given.of : `set aside: ${row.subject} (${row.id})`;
    await trx.updateTable('users').set({ subject, subject_is_sub: true }).where('id', '=', row.id).execute();
    if (!taken || !given.proven) await endAllWaysIn(trx, row.id);
    const action = taken ? (given.proven ? 'person-proven' : 'person-taken-over') : 'person-set-aside';
    await trx
      .insertInto('audit')
      .values({ at: clock.now(), user_id: row.id, action, subject: row.subject, data: JSON.stringify({ subject }) })
      .execute();
    if (!taken) log.warn({ user: row.id }, 'several people have used one account: it was set aside, and they have new ones');
  });
}

// Who had no right to the row may have left a way in.
async function endAllWaysIn(trx: Kysely<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom('sessions').where('user_id', '=', userId).execute();
  await trx.deleteFrom('tokens').where('user_id', '=', userId).execute();
  await trx.updateTable('grants').set({ state: 'needs-login' }).where('user_id', '=', userId).where('kind', '!=', 'device').execute();
}
