import type { Clock } from '@/lib/core/clock';
import { type Config, ConfigError } from '@/lib/core/config';
import type { VaultConfig } from '@/lib/core/config/vault';
import { vaultCall } from './call';
import { checkHealth } from './health';
import { type Kv, openKv } from './kv';
import { openVaultSession, type VaultSession } from './session';

/** A configured Vault or OpenBao, with the service's own login. */
export interface VaultServer {
  config: VaultConfig;
  session: VaultSession;
  /** the engine that keeps secrets, where one is configured */
  kv?: Kv;
  /** @throws AppError `upstream-failed` when it is gone or sealed */
  check(): Promise<void>;
}

/** The server that the configuration names for Transat's own use; undefined where there is none. Nothing is asked of it yet. */
export function openVaultServer({ vault }: Pick<Config, 'vault'>, clock: Clock): VaultServer | undefined {
  if (!vault || !(vault.transit || vault.kv)) return undefined;
  if (!vault.auth) throw new ConfigError('The section vault of the configuration says nothing of how Transat logs in (auth).');
  const call = vaultCall(vault);
  const session = openVaultSession(vault, call, vault.auth, clock);
  return {
    config: vault,
    session,
    kv: vault.kv && openKv(vault, session, vault.kv.mount),
    check: () => checkHealth(vault, call),
  };
}
