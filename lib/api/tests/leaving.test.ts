import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { startSandbox } from '@/lib/sandbox';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { closeDoors } from '@/lib/web';
import { leavingLeavesNothing } from '../testing/leaving';

const dataDir = mkdtempSync(join(tmpdir(), 'transat-leaving-'));
const sandbox = await startSandbox({ port: 0, dataDir, transatUrl: 'http://localhost:4499' });
afterAll(async () => {
  await closeDoors();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const common = { kind: 'egi' as const, methods: ['oidc' as const], protocol: 'openid', allowPrivate: true };
leavingLeavesNothing('Sandbox Europe', {
  site: { ...common, id: 'europe', name: 'Europe', authUrl: `${sandbox.url}/europe/v3`, identityProvider: 'egi.eu' },
  provider: { issuer: `${sandbox.url}/oidc`, clientId: 'cli' },
  tokens: () => signIn(sandbox.url, 'ada'),
});
leavingLeavesNothing('Sandbox America', {
  site: { ...common, id: 'america', name: 'America', authUrl: `${sandbox.url}/america/v3`, identityProvider: 'chameleon' },
  provider: { issuer: `${sandbox.url}/america-oidc`, clientId: 'cli' },
  tokens: () => signIn(sandbox.url, 'grace', '/america-oidc'),
});
