import type { Clock } from '@/lib/core/clock';
import { type Config, ConfigError } from '@/lib/core/config';
import type { Store } from '@/lib/store';
import { openVaultServer } from '../vault-server';
import { rotateKey } from './data-keys';
import { acceptNextKeyFile, nextKeyFile } from './key';
import { readRing } from './ring';
import type { KeyRing } from './wrap';

export interface Rotated {
  /** how many persons' data keys were wrapped anew */
  wrapped: number;
  /** id of the key that rules now */
  kek: string;
  /** where that key comes from */
  source: 'environment' | 'file' | 'transit';
}

/**
 * Rotates the key that wraps people's data keys, in one transaction. With a key file a new one is made and takes the former's
 * place; with TRANSAT_KEY the given one takes over from TRANSAT_KEY_PREVIOUS; with Transit its key gets a new version. Whatever
 * cuts it off, it can be run again.
 * @param store open; an embedded one is thereby this process's alone
 * @throws ConfigError when TRANSAT_KEY is given and rules already; AppError as the store and the Vault do
 */
export async function rotate({
  config,
  env,
  store,
  clock,
}: {
  config: Config;
  env: Environment;
  store: Store;
  clock: Clock;
}): Promise<Rotated> {
  const again = (ring: KeyRing) => rotateKey(store.db, ring, clock.now());
  const server = openVaultServer(config, clock);
  const ring = readRing(config, env, server);
  if (ring.source === 'file') {
    const next = readRing(config, env, server, nextKeyFile(config, env));
    const done = await again(next);
    acceptNextKeyFile(config);
    return { ...done, source: ring.source };
  }
  if (ring.source === 'environment' && (await rulesAlone(store, ring))) {
    throw new ConfigError(
      'TRANSAT_KEY is the key that rules already. Make a new one with `openssl rand -base64 32`, start every process with the new one as ' +
        'TRANSAT_KEY and the present one as TRANSAT_KEY_PREVIOUS, and run this with the same two.',
    );
  }
  return { ...(await again(ring)), source: ring.source };
}

type Environment = Record<string, string | undefined>;

async function rulesAlone({ db }: Store, { current }: KeyRing): Promise<boolean> {
  const ruling = await db.selectFrom('ruling_key').select('kek').executeTakeFirst();
  const other = await db.selectFrom('data_keys').select('kek').where('kek', '!=', current.id).executeTakeFirst();
  return ruling?.kek === current.id && !other;
}
