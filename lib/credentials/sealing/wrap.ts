import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { decrypt, encrypt } from './cipher';
import type { MasterKey, MasterKeys } from './key';

/** What wraps people's data keys: a master key of this process, or a key that never leaves a Vault. */
export interface KeyWrap {
  /** stored beside what it wrapped */
  id: string;
  wrap(userId: string, dataKey: Secret<Buffer>): Promise<Buffer>;
  /** @throws AppError `internal` when it is not what {@link KeyWrap.wrap} gave for this person */
  unwrap(userId: string, wrapped: Uint8Array): Promise<Secret<Buffer>>;
  /** Where the key has versions of its own: makes a new one. */
  turn?(): Promise<void>;
  /** Where the key has versions of its own: the same data key, wrapped with the newest. */
  renew?(userId: string, wrapped: Uint8Array): Promise<Buffer>;
}

/** The key that is to rule, and those that what it does not rule yet may be wrapped with. */
export interface KeyRing {
  current: KeyWrap;
  previous: KeyWrap[];
}

/** Wraps with a master key that this process holds: AES-256-GCM, bound to the key's id and the person. */
export function localWrap(master: MasterKey): KeyWrap {
  const context = (userId: string) => ['data-key', master.id, userId];
  return {
    id: master.id,
    wrap: async (userId, dataKey) => encrypt(master.key.reveal(), dataKey.reveal(), context(userId)),
    async unwrap(userId, wrapped) {
      try {
        return new Secret(decrypt(master.key.reveal(), wrapped, context(userId)));
      } catch {
        throw unreadable('data key');
      }
    },
  };
}

/** The ring of master keys alone. */
export function localRing({ current, previous }: MasterKeys): KeyRing {
  return { current: localWrap(current), previous: previous.map(localWrap) };
}

/** The key of a ring with this id. @throws AppError `internal` when the ring does not hold it */
export function keyOf(ring: KeyRing, id: string): KeyWrap {
  const key = [ring.current, ...ring.previous].find((candidate) => candidate.id === id);
  if (!key) throw unreadable('data key');
  return key;
}

/** The error for what does not open. @param kind what it is: `credential` … */
export function unreadable(kind: string): AppError {
  return new AppError({
    code: 'internal',
    title: 'A stored secret can’t be decrypted',
    detail: `A stored ${kind} can’t be decrypted with the key that Transat was started with.`,
    cause: 'The master key (TRANSAT_KEY, or the file `key` in the data folder) is not the one it was encrypted with.',
    remedy:
      'The operator must start Transat with the former key, also as TRANSAT_KEY_PREVIOUS. Otherwise delete the credential and add it again.',
  });
}
