import type { VaultPlace } from '@/lib/core/config/vault';
import type { VaultCall } from './call';
import { notReady } from './errors';

/**
 * Asks whether the server can be used now (https://developer.hashicorp.com/vault/api-docs/system/health): initialised, unsealed,
 * and active or a standby that hands requests on.
 * @throws AppError `upstream-failed` when not
 */
export async function checkHealth(place: VaultPlace, call: VaultCall): Promise<void> {
  // the codes are asked for, so that none of them looks like a failure on the way
  const { status } = await call('GET', 'sys/health?standbyok=true&perfstandbyok=true&sealedcode=299&uninitcode=298&drsecondarycode=297', {
    safe: true,
  });
  if (status === 200) return;
  const words = { 299: 'Vault is sealed', 298: 'It is not initialised', 297: 'It is a disaster recovery secondary' };
  throw notReady(place, status === 299 ? 503 : status, words[status as keyof typeof words] ?? '');
}
