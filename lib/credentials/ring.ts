import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { type MasterKeys, readMasterKeys } from './key';
import { type KeyRing, localRing } from './wrap';

/**
 * The keys that wrap data keys, as configured.
 * @param keys the master keys; left out: those of the environment or the data folder
 * @throws ConfigError when there is no key
 */
export function readRing(
  config: Config,
  env: Record<string, string | undefined>,
  _clock: Clock,
  keys?: MasterKeys,
): KeyRing & { source: 'environment' | 'file' | 'transit' } {
  return { ...localRing(keys ?? readMasterKeys(config, env)), source: env.TRANSAT_KEY ? 'environment' : 'file' };
}
