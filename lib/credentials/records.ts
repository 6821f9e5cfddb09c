import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import type { CloudAuth } from '@/lib/openstack/types';
import type { CredentialRow, Schema } from '@/lib/store/schema';
import type { Vault } from './types';

export type CredentialRecord = Selectable<CredentialRow>;

const user = z.object({ name: z.string(), domain: z.string() });
/** What is sealed for a credential: all that its sign-in needs. */
const loginSchema = z.union([
  z.object({ kind: z.literal('applicationCredential'), id: z.string(), secret: z.string() }),
  z.object({ kind: z.literal('applicationCredential'), name: z.string(), user, secret: z.string() }),
  z.object({ kind: z.literal('password'), user, password: z.string() }),
]);

/** A credential's way in, without the sign-in by OpenID. */
export type Login = Exclude<CloudAuth, { kind: 'oidc' }>;

interface NewRecord {
  site: string;
  name: string;
  kind: CredentialRecord['kind'];
  login: Login;
  shown: Record<string, string>;
  project: { id: string; name: string } | null;
}

/** The stored credentials of people. Every call names the owner; another's record is as one that is not there. */
export interface CredentialRecords {
  /** @param site only those for this one */
  list(userId: string, site?: string): Promise<CredentialRecord[]>;
  find(userId: string, id: string): Promise<CredentialRecord | undefined>;
  add(userId: string, record: NewRecord): Promise<CredentialRecord>;
  rename(userId: string, id: string, name: string): Promise<void>;
  /** Puts a new secret in place of the old one. */
  replaceLogin(userId: string, id: string, login: Login): Promise<void>;
  /** Notes what a try of the credential gave. */
  noteCheck(userId: string, id: string, problem: Problem | null): Promise<void>;
  remove(userId: string, id: string): Promise<boolean>;
  /** Its way in. @param use for the audit */
  login(record: CredentialRecord, use: string): Promise<Login>;
}

const KIND = 'credential';

/** The credentials of a database, sealed by a vault. */
export function createRecords({ db, vault, clock }: { db: Kysely<Schema>; vault: Vault; clock: Clock }): CredentialRecords {
  const own = (userId: string, id: string) => db.selectFrom('credentials').selectAll().where('user_id', '=', userId).where('id', '=', id);
  const change = (userId: string, id: string) => db.updateTable('credentials').where('user_id', '=', userId).where('id', '=', id);

  return {
    list: (userId, site) =>
      db
        .selectFrom('credentials')
        .selectAll()
        .where('user_id', '=', userId)
        .$if(site !== undefined, (select) => select.where('site', '=', site ?? ''))
        .orderBy('created_at')
        .orderBy('id')
        .execute(),
    find: (userId, id) => own(userId, id).executeTakeFirst(),

    async add(userId, { site, name, kind, login, shown, project }) {
      const id = newId('cred');
      const secret = await vault.seal(userId, id, KIND, serialise(login));
      return await db
        .insertInto('credentials')
        .values({
          id,
          user_id: userId,
          site,
          name,
          kind,
          shown: JSON.stringify(shown),
          secret,
          project_id: project?.id ?? null,
          project_name: project?.name ?? null,
          checked_at: clock.now(),
          created_at: clock.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    async rename(userId, id, name) {
      await change(userId, id).set({ name }).execute();
    },

    async replaceLogin(userId, id, login) {
      const secret = await vault.seal(userId, id, KIND, serialise(login));
      await change(userId, id).set({ secret, checked_at: clock.now(), problem: null }).execute();
    },

    async noteCheck(userId, id, problem) {
      await change(userId, id)
        .set({ checked_at: clock.now(), problem: problem && JSON.stringify(problem) })
        .execute();
    },

    async remove(userId, id) {
      const result = await db.deleteFrom('credentials').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async login(record, use) {
      const text = await vault.open(record.user_id, record.id, KIND, record.secret, use);
      return parseLogin(text);
    },
  };
}

/** The same login with another secret, for a credential whose secret was renewed. */
export function withSecret(login: Login, secret: Secret): Login {
  return login.kind === 'password' ? { ...login, password: secret } : { ...login, secret };
}

function serialise(login: Login): Secret {
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
