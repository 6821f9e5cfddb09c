import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { PersonVaultConfig } from '@/lib/core/config/vault';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { type VaultCall, vaultCall } from './call';
import { notUnderstood, refusedBy } from './errors';

const loginSchema = z.object({ auth: z.object({ client_token: z.string().min(1), entity_id: z.string().default('') }) });
const fieldsSchema = z.record(z.string(), z.unknown());
const listSchema = z.object({ data: z.object({ keys: z.array(z.string()) }) });

/** The secrets that a person keeps for themselves in a Vault or OpenBao, read with their own access token. */
export interface PersonStore {
  /** id of the OpenID provider whose access tokens it takes */
  provider: string;
  /** @returns the names in the person's folder, sorted; folders left out */
  list(accessToken: Secret): Promise<string[]>;
  /** @returns the secret's fields that are text; null when there is none of that name */
  read(accessToken: Secret, name: string): Promise<Secret<Record<string, string>> | null>;
}

/** Whether a name can be one of a secret in a person's folder; it can't lead out of it. */
export const isEntryName = (name: string): boolean =>
  /^[\w.@ -]+(\/[\w.@ -]+)*$/.test(name) && !name.split('/').some((part) => /^\.+$/.test(part));

/**
 * Opens the way to people's own secrets: for each use a login by JWT with the person's access token, a read below the folder that
 * is theirs, and the end of that login. The server checks the token and decides; Transat has no right of its own there.
 * @throws AppError `credential-invalid` when the server does not take the person's sign-in, or their policy forbids the read;
 *   otherwise as the call
 */
export function openPersonStore(config: PersonVaultConfig, call: VaultCall = vaultCall(config)): PersonStore {
  const as = async <T>(accessToken: Secret, work: (token: Secret, folder: string) => Promise<T>): Promise<T> => {
    const body = { jwt: accessToken.reveal(), ...(config.role ? { role: config.role } : {}) };
    const { status, json, words } = await call('POST', `auth/${config.auth}/login`, { body, safe: true });
    if (status !== 200) throw notTaken(config, status, words, 'your sign-in');
    const parsed = loginSchema.safeParse(json);
    if (!parsed.success) throw notUnderstood(config, status, 'log in with your sign-in');
    const token = new Secret(parsed.data.auth.client_token);
    try {
      return await work(token, folderOf(config, accessToken, parsed.data.auth.entity_id));
    } finally {
      // it would end by itself, too
      await call('POST', 'auth/token/revoke-self', { token, body: {} }).catch(() => undefined);
    }
  };
  const under = (kind: 'data' | 'metadata') => (config.version === 2 ? `${config.mount}/${kind}` : config.mount);

  return {
    provider: config.provider,

    list: (accessToken) =>
      as(accessToken, async (token, folder) => {
        const { status, json, words } = await call('GET', `${under('metadata')}/${folder}/?list=true`, { token, safe: true });
        if (status === 404) return [];
        if (status !== 200) throw notTaken(config, status, words, 'the list of your secrets');
        const parsed = listSchema.safeParse(json);
        if (!parsed.success) throw notUnderstood(config, status, 'list your secrets');
        return parsed.data.data.keys.filter((name) => !name.endsWith('/') && isEntryName(name)).sort();
      }),

    read: (accessToken, name) =>
      as(accessToken, async (token, folder) => {
        if (!isEntryName(name)) return null;
        const { status, json, words } = await call('GET', `${under('data')}/${folder}/${encoded(name)}`, { token, safe: true });
        if (status === 404) return null;
        if (status !== 200) throw notTaken(config, status, words, `the secret “${name}”`);
        const fields = fieldsIn(json, config.version);
        if (!fields) throw notUnderstood(config, status, 'read your secret');
        const texts = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string');
        return new Secret(Object.fromEntries(texts));
      }),
  };
}

function fieldsIn(json: unknown, version: 1 | 2): Record<string, unknown> | undefined {
  const outer = z.object({ data: fieldsSchema }).safeParse(json);
  if (version === 1) return outer.data?.data;
  return fieldsSchema.safeParse(outer.data?.data.data).data;
}

// The subject is only read here: the server has just checked the token.
function folderOf({ path }: PersonVaultConfig, accessToken: Secret, entity: string): string {
  return path.replaceAll('{sub}', () => segment(decodeJwt(accessToken.reveal()).sub ?? '')).replaceAll('{entity}', () => segment(entity));
}

function segment(text: string): string {
  if (text === '' || /^\.+$/.test(text)) {
    throw new AppError({ code: 'credential-invalid', title: 'Your sign-in does not say who you are to the secrets store' });
  }
  return encodeURIComponent(text);
}

const encoded = (name: string) => name.split('/').map(encodeURIComponent).join('/');

function notTaken(config: PersonVaultConfig, status: number, words: string, what: string): AppError {
  const { upstream } = refusedBy(config, status, words, '');
  return new AppError({
    code: 'credential-invalid',
    title: `Your secrets store does not give Transat ${what}`,
    detail: `The secrets store at ${config.address} answered with status ${status}${words ? ` (${words})` : ''}.`,
    cause: 'You may not be known there, or may not read there.',
    remedy:
      'Look at your secrets there by yourself first. If that works, the operator should compare role and path with docs/operators.md.',
    upstream,
  });
}
