import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import type { CloudAuth } from '@/lib/openstack/types';
import type { CredentialCheck, CredentialRow, Schema } from '@/lib/store/schema';
import type { Vault } from './types';

export type CredentialRecord = Selectable<CredentialRow>;

const user = z.union([
  z.object({ id: z.string() }),
  z.object({ name: z.string(), domain: z.string() }),
  z.object({ name: z.string(), domainId: z.string() }),
]);
/** What is sealed for a credential: all that its sign-in needs. */
const loginSchema = z.union([
  z.object({ kind: z.literal('applicationCredential'), id: z.string(), secret: z.string() }),
  z.object({ kind: z.literal('applicationCredential'), name: z.string(), user, secret: z.string() }),
  z.object({ kind: z.literal('password'), user, password: z.string() }),
]);

/** Where a person keeps a secret themselves; it is read there at each use. */
const referenceSchema = z.object({ kind: z.literal('ownStore'), name: z.string() });
type Reference = z.infer<typeof referenceSchema>;

/** A credential's way in, without the sign-in by OpenID. */
export type Login = Exclude<CloudAuth, { kind: 'oidc' }>;

/** What is kept of a way in, beside the way itself. */
interface Kept {
  login: Login | Reference;
  shown: Record<string, string>;
  /** null: never, or not known */
  expiresAt?: Date | null;
  /** what the try before it was kept found */
  checks?: CredentialCheck[];
  /** id of the credential that made this one at the site */
  madeWith?: string | null;
}
type Together = (trx: Kysely<Schema>) => Promise<void>;
interface NewRecord extends Kept {
  site: string;
  name: string;
  kind: CredentialRecord['kind'];
  project: { id: string; name: string } | null;
}

/** The stored credentials of people. Every call names the owner; another's record is as one that is not there. */
export interface CredentialRecords {
  /** @param site only those for this one @param within a transaction */
  list(userId: string, site?: string, within?: Kysely<Schema>): Promise<CredentialRecord[]>;
  find(userId: string, id: string): Promise<CredentialRecord | undefined>;
  /** @param also written together with it */
  add(userId: string, record: NewRecord, also?: Together): Promise<CredentialRecord>;
  rename(userId: string, id: string, name: string): Promise<void>;
  /**
   * Puts a new way in in place of the one that was read.
   * @param also written together with it
   * @returns whether it was still there; where another had been put in its place meanwhile, nothing is written
   */
  replaceLogin(before: CredentialRecord, kept: Kept, also?: Together): Promise<boolean>;
  /** Notes what a try of the credential gave. @param expiresAt left out where the try did not tell */
  noteCheck(
    userId: string,
    id: string,
    found: { problem: Problem | null; checks: CredentialCheck[] | null; expiresAt?: Date | null },
  ): Promise<void>;
  remove(userId: string, id: string): Promise<boolean>;
  /** Its way in. @param use for the audit */
  login(record: CredentialRecord, use: string): Promise<Login>;
}

const KIND = 'credential';

interface Parts {
  db: Kysely<Schema>;
  vault: Vault;
  clock: Clock;
  /** reads what a person keeps themselves; left out: nobody can */
  readOwn?(userId: string, name: string, use: string): Promise<{ login: Login }>;
}

/** The credentials of a database, sealed by a vault. */
export function createRecords({ db, vault, clock, readOwn }: Parts): CredentialRecords {
  const own = (userId: string, id: string) => db.selectFrom('credentials').selectAll().where('user_id', '=', userId).where('id', '=', id);
  const change = (userId: string, id: string) => db.updateTable('credentials').where('user_id', '=', userId).where('id', '=', id);

  const columns = async (userId: string, id: string, { login, shown, expiresAt = null, checks, madeWith = null }: Kept) => ({
    secret: await vault.seal(userId, id, KIND, serialise(login)),
    shown: JSON.stringify(shown),
    expires_at: expiresAt,
    checks: checks ? JSON.stringify(checks) : null,
    made_with: madeWith,
    made_at: clock.now(),
    checked_at: clock.now(),
  });

  return {
    list: (userId, site, within = db) =>
      within
        .selectFrom('credentials')
        .selectAll()
        .where('user_id', '=', userId)
        .$if(site !== undefined, (select) => select.where('site', '=', site ?? ''))
        .orderBy('created_at')
        .orderBy('id')
        .execute(),
    find: (userId, id) => own(userId, id).executeTakeFirst(),

    async add(userId, { site, name, kind, project, ...kept }, also) {
      const id = newId('cred');
      // sealed before the transaction begins: the embedded database has one connection
      const values = {
        id,
        user_id: userId,
        site,
        name,
        kind,
        ...(await columns(userId, id, kept)),
        project_id: project?.id ?? null,
        project_name: project?.name ?? null,
        created_at: clock.now(),
      };
      return await db.transaction().execute(async (trx) => {
        const record = await trx.insertInto('credentials').values(values).returningAll().executeTakeFirstOrThrow();
        await also?.(trx);
        return record;
      });
    },

    async rename(userId, id, name) {
      await change(userId, id).set({ name }).execute();
    },

    async replaceLogin({ user_id, id, secret }, kept, also) {
      const values = { ...(await columns(user_id, id, kept)), problem: null };
      return await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('credentials')
          .set(values)
          .where('user_id', '=', user_id)
          .where('id', '=', id)
          .where('secret', '=', secret)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await also?.(trx);
        return true;
      });
    },

    async noteCheck(userId, id, { problem, checks, expiresAt }) {
      await change(userId, id)
        .set({
          checked_at: clock.now(),
          problem: problem && JSON.stringify(problem),
          checks: checks && JSON.stringify(checks),
          ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
        })
        .execute();
    },

    async remove(userId, id) {
      const result = await db.deleteFrom('credentials').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async login(record, use) {
      const text = await vault.open(record.user_id, record.id, KIND, record.secret, use);
      const reference = referenceSchema.safeParse(JSON.parse(text.reveal()));
      if (!reference.success) return parseLogin(text);
      if (!readOwn) throw noOwnStore(record.name);
      return (await readOwn(record.user_id, reference.data.name, use)).login;
    },
  };
}

/** The same login with another secret, for a credential whose secret was renewed. */
export function withSecret(login: Login, secret: Secret): Login {
  return login.kind === 'password' ? { ...login, password: secret } : { ...login, secret };
}

function serialise(login: Login | Reference): Secret {
  if (login.kind === 'ownStore') return new Secret(JSON.stringify(login));
  const plain = login.kind === 'password' ? { ...login, password: login.password.reveal() } : { ...login, secret: login.secret.reveal() };
  return new Secret(JSON.stringify(plain));
}

function parseLogin(text: Secret): Login {
  const parsed = loginSchema.safeParse(JSON.parse(text.reveal()));
  if (!parsed.success) throw new AppError({ code: 'internal', title: 'A stored credential has an unknown form' });
  const login = parsed.data;
  if (login.kind === 'password') return { ...login, password: new Secret(login.password) };
  return { ...login, secret: new Secret(login.secret) };
}

function noOwnStore(name: string): AppError {
  return new AppError({
    code: 'credential-missing',
    title: `“${name}” is kept in a secrets store that Transat no longer knows`,
    cause: 'The operator took people’s own secrets store out of the configuration.',
    remedy: 'Choose another credential, or ask the operator.',
  });
}
