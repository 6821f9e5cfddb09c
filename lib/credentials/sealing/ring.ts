import type { Config } from '@/lib/core/config';
import type { VaultServer } from '../vault-server';
import { transitWrap } from '../vault-server/transit';
import { type MasterKeys, presentMasterKeys, readMasterKeys } from './key';
import { type KeyRing, localRing, localWrap } from './wrap';

/** A ring, and where its present key is. */
export type SourcedRing = KeyRing & { source: 'environment' | 'file' | 'transit' };

/**
 * The keys that wrap data keys, as configured. With Transit, master keys that are there still unwrap; with Transit that is to be
 * left, it is the other way round.
 * @param server the Vault or OpenBao, where one is configured
 * @param keys the master keys; left out: those of the environment or the data folder
 * @throws ConfigError when there is no key
 */
export function readRing(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  env: Record<string, string | undefined>,
  server?: VaultServer,
  keys?: MasterKeys,
): SourcedRing {
  const source = env.TRANSAT_KEY ? 'environment' : 'file';
  const place = server?.config.transit;
  if (!server || !place) return { ...localRing(keys ?? readMasterKeys(config, env)), source };
  const transit = transitWrap(server.config, server.session, place);
  if (place.leave) {
    const { current, previous } = localRing(keys ?? readMasterKeys(config, env));
    return { current, previous: [...previous, transit], source };
  }
  const local = keys ?? presentMasterKeys(config, env);
  return { current: transit, previous: local ? [local.current, ...local.previous].map(localWrap) : [], source: 'transit' };
}
