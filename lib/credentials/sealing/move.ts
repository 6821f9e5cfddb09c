import type { Clock } from '@/lib/core/clock';
import { type Config, ConfigError } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import type { Store } from '@/lib/store';
import { createCredentials } from '../room';
import type { Vault } from '../types';
import { openVaultServer } from '../vault-server';
import { destroyReleased, isKeptIn } from '../vault-server/kept';
import { readRing } from './ring';
import type { SealedPlace, SealedValue } from './sealed-places';

export interface Moved {
  to: 'kv' | 'database';
  moved: number;
  /** what was there already */
  already: number;
  /** what could not be moved, and why */
  failed: { name: string; reason: string }[];
  /** entries of the engine that are to be destroyed yet: some may belong to a write that is under way */
  left: number;
}

/**
 * Moves every sealed secret to where new ones are kept: to the KV engine, or, with `leave`, back to the database. One by one, each by a
 * write that only replaces what was read: whatever cuts it off, nothing is lost, and it can be run again. Other processes may run
 * meanwhile, as long as they have the same configuration.
 * @param store open; an embedded one is thereby this process's alone
 * @param places all that the rooms keep sealed
 * @throws ConfigError where no KV engine is configured; AppError as the store and the Vault do
 */
export async function moveSecrets(
  { config, env, store, clock }: { config: Config; env: Record<string, string | undefined>; store: Store; clock: Clock },
  places: readonly SealedPlace[],
): Promise<Moved> {
  const server = openVaultServer(config, clock);
  const { kv } = server ?? {};
  if (!server || !kv) {
    throw new ConfigError(
      'The configuration has no `vault.kv`, so there is nowhere to move secrets to. To bring them back from a KV engine to the database, ' +
        'leave it there with `leave: true`.',
    );
  }
  const { db } = store;
  const room = createCredentials({ db, clock, config, ring: readRing(config, env, server), server, env });
  await room.check();
  const to = config.vault?.kv?.leave ? 'database' : 'kv';
  const result: Moved = { to, moved: 0, already: 0, failed: [], left: 0 };
  for (const place of places) {
    for await (const value of place(db)) {
      if (isKeptIn(kv, value.sealed) === (to === 'kv')) {
        result.already += 1;
        continue;
      }
      try {
        await moveOne(room.vault, value, to);
        result.moved += 1;
      } catch (error) {
        const problem = AppError.from(error);
        // the store is gone: the others would fail in the same way, each after a while
        if (problem.code === 'upstream-failed') throw error;
        result.failed.push({ name: value.name, reason: problem.title });
      }
    }
  }
  while ((await destroyReleased({ db, clock, kv })) > 0);
  const counted = db
    .selectFrom('vault_entries')
    .where('attached_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'));
  result.left = Number((await counted.executeTakeFirstOrThrow()).count);
  const data = JSON.stringify({ to, moved: result.moved, failed: result.failed.length });
  await db.insertInto('audit').values({ at: clock.now(), user_id: null, action: 'secrets-moved', subject: to, data }).execute();
  return result;
}

async function moveOne(vault: Vault, { userId, record, kind, sealed, replace }: SealedValue, to: string): Promise<void> {
  const secret = await vault.open(userId, record, kind, sealed, to === 'kv' ? 'move it to the secrets store' : 'move it to the database');
  // where the row has changed meanwhile, what was sealed just now is of no use, and is destroyed as every entry without a row is
  await replace(await vault.seal(userId, record, kind, secret));
}
