import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import { audited } from './audit';
import type { Login } from './records';
import type { PersonStore } from './vault-server/person';

/** A secret of a person's own store, read as a way in. */
export interface OwnSecret {
  login: Login;
  /** where it says that it is for */
  authUrl?: string;
  project?: string;
}
/** What people keep for themselves in a Vault or OpenBao. Nothing of it is kept here. */
export interface OwnStore {
  /** Names of the secrets in the person's folder. Same errors as {@link PersonStore}; `session-expired` as for every use of a sign-in */
  list(userId: string): Promise<string[]>;
  /**
   * Reads one, with an audit row.
   * @param use why it is needed now
   * @throws AppError `credential-missing` when it is not there, `credential-invalid` when it is no way in
   */
  read(userId: string, name: string, use: string): Promise<OwnSecret>;
}

const text = z.string().min(1);
// the names that clouds.yaml has for them, so that one secret serves other tools, too
const common = { auth_url: text.optional(), project_id: text.optional(), project_name: text.optional() };
const fieldsSchema = z.union([
  z.object({ ...common, application_credential_id: text, application_credential_secret: text }),
  z.object({
    ...common,
    username: text,
    password: text,
    user_domain_name: text.default('Default'),
  }),
]);

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  store: PersonStore;
  accessTokenFor(userId: string, provider: string): Promise<Secret>;
}

/** Opens people's own store. */
export function createOwnStore({ db, clock, store, accessTokenFor }: Parts): OwnStore {
  return {
    list: async (userId) => store.list(await accessTokenFor(userId, store.provider)),

    read: (userId, name, use) =>
      audited({ db, clock }, { userId, subject: `own-store:${name}`, kind: 'own-secret', use }, async () => {
        const fields = await store.read(await accessTokenFor(userId, store.provider), name);
        if (!fields) throw notThere(name);
        const parsed = fieldsSchema.safeParse(fields.reveal());
        if (!parsed.success) throw noWayIn(name);
        const { auth_url: authUrl, project_id, project_name } = parsed.data;
        return { login: loginOf(parsed.data), authUrl, project: project_id ?? project_name };
      }),
  };
}

function loginOf(fields: z.infer<typeof fieldsSchema>): Login {
  if ('password' in fields) {
    const { username, user_domain_name, password } = fields;
    return { kind: 'password', user: { name: username, domain: user_domain_name }, password: new Secret(password) };
  }
  return { kind: 'applicationCredential', id: fields.application_credential_id, secret: new Secret(fields.application_credential_secret) };
}

function notThere(name: string): AppError {
  return new AppError({
    code: 'credential-missing',
    title: `Your secrets store has no “${name}”`,
    detail: `There is no secret “${name}” in your folder of the secrets store, or it was deleted there.`,
    remedy: 'Put it there again, or choose another credential.',
  });
}

function noWayIn(name: string): AppError {
  return new AppError({
    code: 'credential-invalid',
    title: `“${name}” in your secrets store is not a credential`,
    detail: `The secret “${name}” has neither application_credential_id and application_credential_secret, nor username and password.`,
    remedy: 'Name its fields as clouds.yaml does, in its section auth.',
  });
}
