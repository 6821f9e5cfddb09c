import { z } from 'zod';
import type { VaultPlace } from '@/lib/core/config/vault';
import { Secret } from '@/lib/core/secret';
import { notUnderstood, refusedBy } from './errors';
import type { VaultSession } from './session';

const entrySchema = z.object({ owner: z.string(), record: z.string(), kind: z.string(), value: z.string() });
const readSchema = z.object({ data: z.object({ data: entrySchema.nullable() }) });

/** What an entry of a KV engine says: whose it is, for what, and the secret. */
export interface Entry {
  owner: string;
  record: string;
  kind: string;
  value: Secret;
}

/** A KV version 2 engine (https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2), one secret an entry. */
export interface Kv {
  mount: string;
  /** Writes a new entry; one that is there already is left as it is, and that is an error. */
  put(path: string, entry: Entry): Promise<void>;
  /** null: there is none (any more) */
  get(path: string): Promise<Entry | null>;
  /** Destroys an entry with all its versions. One that is not there is no error. */
  remove(path: string): Promise<void>;
}

/** @throws AppError `upstream-refused` where the policy or the path is wrong; otherwise as the call */
export function openKv(place: VaultPlace, session: VaultSession, mount: string): Kv {
  return {
    mount,

    async put(path, { value, ...entry }) {
      // check-and-set 0: only where nothing is
      const body = { options: { cas: 0 }, data: { ...entry, value: value.reveal() } };
      const { status, words } = await session('POST', `${mount}/data/${path}`, { body });
      if (status !== 200) throw refusedBy(place, status, words, `keep a secret in ${mount}`);
    },

    async get(path) {
      const { status, json, words } = await session('GET', `${mount}/data/${path}`, { safe: true });
      if (status === 404) return null;
      if (status !== 200) throw refusedBy(place, status, words, `read a secret of ${mount}`);
      const parsed = readSchema.safeParse(json);
      if (!parsed.success) throw notUnderstood(place, status, 'read a secret');
      const entry = parsed.data.data.data;
      return entry && { ...entry, value: new Secret(entry.value) };
    },

    async remove(path) {
      const { status, words } = await session('DELETE', `${mount}/metadata/${path}`, { safe: true });
      if (status !== 204 && status !== 200 && status !== 404) throw refusedBy(place, status, words, `destroy a secret of ${mount}`);
    },
  };
}
