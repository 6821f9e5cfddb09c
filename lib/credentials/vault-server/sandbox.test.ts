import { afterAll, describe } from 'vitest';
import { type SandboxVault, startSandboxVault } from '@/lib/sandbox/vault';
import { secretsStoreContract } from './contract';

let vault: SandboxVault | undefined;
afterAll(() => vault?.close());

describe('on the sandbox’s server', () => {
  secretsStoreContract(async () => {
    vault = await startSandboxVault();
    return { address: vault.url, rootToken: vault.rootToken, unsealKey: vault.unsealKey };
  });
});
