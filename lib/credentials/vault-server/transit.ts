import { z } from 'zod';
import type { VaultPlace } from '@/lib/core/config/vault';
import { Secret } from '@/lib/core/secret';
import { type KeyWrap, unreadable } from '../sealing/wrap';
import { notUnderstood, refusedBy } from './errors';
import type { VaultSession } from './session';

const cipherSchema = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) });
const plainSchema = z.object({ data: z.object({ plaintext: z.base64() }) });
const boundSchema = z.tuple([z.literal('transat data key'), z.string(), z.base64()]);

/**
 * Wraps data keys with a key of a Transit engine, which never leaves the server
 * (https://developer.hashicorp.com/vault/api-docs/secret/transit: encrypt, decrypt, rewrap, rotate). The person is part of what is
 * encrypted, so a wrapped key opens for nobody else; associated data would say the same, but not every server rewraps it.
 */
export function transitWrap(place: VaultPlace, session: VaultSession, { mount, key }: { mount: string; key: string }): KeyWrap {
  const name = `${mount}/${key}`;
  const ask = async <T>(path: string, body: Record<string, unknown>, schema: z.ZodType<T>, doing: string): Promise<T> => {
    const { status, json, words } = await session('POST', path, { body, safe: true });
    if (status !== 200) throw refusedBy(place, status, words, doing);
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw notUnderstood(place, status, doing);
    return parsed.data;
  };

  return {
    id: `transit:${name}`,

    async wrap(userId, dataKey) {
      const bound = JSON.stringify(['transat data key', userId, dataKey.reveal().toString('base64')]);
      const body = { plaintext: Buffer.from(bound).toString('base64') };
      const { data } = await ask(`${mount}/encrypt/${key}`, body, cipherSchema, `wrap a data key with ${name}`);
      return Buffer.from(data.ciphertext);
    },

    async unwrap(userId, wrapped) {
      const body = { ciphertext: Buffer.from(wrapped).toString() };
      const { data } = await ask(`${mount}/decrypt/${key}`, body, plainSchema, `unwrap a data key with ${name}`);
      const [, owner, dataKey] = boundSchema.parse(JSON.parse(Buffer.from(data.plaintext, 'base64').toString()));
      if (owner !== userId) throw unreadable('data key');
      return new Secret(Buffer.from(dataKey, 'base64'));
    },

    async turn() {
      const { status, words } = await session('POST', `${mount}/keys/${key}/rotate`, { body: {} });
      if (status !== 200 && status !== 204) throw refusedBy(place, status, words, `rotate the key ${name}`);
    },

    async renew(_userId, wrapped) {
      const body = { ciphertext: Buffer.from(wrapped).toString() };
      const { data } = await ask(`${mount}/rewrap/${key}`, body, cipherSchema, `rewrap a data key with ${name}`);
      return Buffer.from(data.ciphertext);
    },
  };
}
