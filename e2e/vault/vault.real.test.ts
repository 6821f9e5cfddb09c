import { describe } from 'vitest';
import { secretsStoreContract } from '@/lib/credentials/vault-server/contract';

// The server that `npm run test:vault` started, or another one that is there for tests.
describe('on a real server', () => {
  const { TRANSAT_VAULT_ADDR: address, TRANSAT_VAULT_TOKEN: rootToken, TRANSAT_VAULT_UNSEAL_KEY: unsealKey } = process.env;
  if (!address || !rootToken) throw new Error('TRANSAT_VAULT_ADDR and TRANSAT_VAULT_TOKEN name the server: run npm run test:vault');
  secretsStoreContract(async () => ({ address, rootToken, unsealKey }));
});
