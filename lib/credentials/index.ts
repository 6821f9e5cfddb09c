import { systemClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { getStore } from '@/lib/store';
import { type CredentialsRoom, createCredentials } from './room';
import { readRing } from './sealing/ring';
import { openVaultServer } from './vault-server';
import { keepDestroying } from './vault-server/kept';

export type { DeviceLogin } from './device/device-logins';
export { federatedAuth } from './federated';
export { readPasted } from './files/pasted';
export { type Remark, textOf as remarkText } from './files/remarks';
export { meetsRequiredGroups } from './grants/entitlements';
export { issuerOf } from './openid/access-token';
export type { OpenIdClient, SignedIn } from './openid/client';
export { refusedBy } from './openid/refusals';
export { type CredentialRecord, type Login, withSecret } from './records';
export type { Revocation } from './revocations';
export { type CredentialsRoom, createCredentials, ownDevice, ownSignIn } from './room';
export { readMasterKeys } from './sealing/key';
export { readRing } from './sealing/ring';
export type * from './types';

// On globalThis, since Next bundles this module several times into one process, and a refresh is shared within it.
const key = Symbol.for('transat.credentials');
type Holder = typeof globalThis & { [key]?: Promise<CredentialsRoom> };

/** The credentials of this process's store. */
export function getCredentials(): Promise<CredentialsRoom> {
  const holder: Holder = globalThis;
  holder[key] ??= open().catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

async function open(): Promise<CredentialsRoom> {
  const config = readConfig(process.env, process.cwd());
  const server = openVaultServer(config, systemClock);
  const ring = readRing(config, process.env, server);
  const { db } = await getStore();
  const room = createCredentials({ db, clock: systemClock, config, ring, server, env: process.env });
  await room.check();
  if (server?.kv) keepDestroying({ db, clock: systemClock, kv: server.kv });
  return room;
}
