import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Config, ProviderConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import type { CloudAuth } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import type { Schema } from '@/lib/store/schema';
import { createDeviceLogins, type DeviceLogins } from './device/device-logins';
import { deviceProvider, deviceProviderId } from './device/device-provider';
import { federatedAuth } from './federated';
import { createGrants, type Grants } from './grants/grants';
import { type OpenIdClient, openIdClient } from './openid/client';
import { createOwnStore, type OwnStore } from './own-store';
import { openIdProviders } from './providers';
import { type CredentialRecord, type CredentialRecords, createRecords } from './records';
import { createRevocations, type Revocations } from './revocations';
import { checkRing } from './sealing/data-keys';
import { createVault } from './sealing/vault';
import type { KeyRing } from './sealing/wrap';
import type { Credentials } from './types';
import type { VaultServer } from './vault-server';
import { keptInKv } from './vault-server/kept';
import { openPersonStore } from './vault-server/person';

/** Everything of this room, on one database. */
export interface CredentialsRoom extends Credentials {
  /** How a stored credential signs in to a site. @throws AppError `credential-invalid` when it belongs to another site */
  cloudAuthOf(record: CredentialRecord, site: Site): Promise<CloudAuth>;
  grants: Grants;
  records: CredentialRecords;
  /** what people keep for themselves in a Vault or OpenBao, where one is configured */
  ownStore?: OwnStore;
  /** the OpenID providers that people sign in with */
  providers: ProviderConfig[];
  openId(provider: string): OpenIdClient | undefined;
  /** Proves that what is sealed can be opened. @throws AppError `not-ready` when a key is missing; `upstream-failed` when the secrets store is gone or sealed */
  check(): Promise<void>;
  devices: DeviceLogins;
  /** what is to be revoked at sites */
  revocations: Revocations;
  /** the client for a site's device flow; undefined where it has none */
  deviceClient(site: Site): OpenIdClient | undefined;
}

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  config: Config;
  ring: KeyRing;
  /** a Vault or OpenBao, where one is configured */
  server?: VaultServer;
  env: Record<string, string | undefined>;
}

/** The id of the credential that is the person's own sign-in at a site. */
export const ownSignIn = (siteId: string): string => `oidc:${siteId}`;

/** The id of the credential that is what the person approved by the device flow, at a site. */
export const ownDevice = (siteId: string): string => `device:${siteId}`;

/** Opens the room. */
export function createCredentials({ db, clock, config, ring, server, env }: Parts): CredentialsRoom {
  const providers = openIdProviders(config, env);
  const clients = new Map(providers.map((provider) => [provider.id, openIdClient(provider, () => clock.now().getTime())]));
  const openId = (provider: string) => clients.get(provider);
  const embedded = createVault({ db, clock, ring });
  const place = server?.config.kv;
  const vault = server?.kv && place ? keptInKv({ db, clock, kv: server.kv, folder: place.path, leave: place.leave }, embedded) : embedded;
  const grants = createGrants({ db, vault, clock, openId });
  const store = config.vault?.person && openPersonStore(config.vault.person);
  const ownStore = store && createOwnStore({ db, clock, store, accessTokenFor: (...of) => grants.accessTokenFor(...of) });
  const records = createRecords({ db, vault, clock, readOwn: ownStore?.read });
  const devices = createDeviceLogins({ db, vault, clock });
  const deviceClient = ({ deviceFlow }: Site) => {
    if (!deviceFlow) return undefined;
    const id = deviceProviderId(deviceFlow);
    const client = clients.get(id) ?? openIdClient(deviceProvider(deviceFlow), () => clock.now().getTime());
    clients.set(id, client);
    return client;
  };

  const cloudAuthOf: CredentialsRoom['cloudAuthOf'] = async (record, site) => {
    if (record.site !== site.id) throw elsewhere(record.name, site);
    return await records.login(record, `sign in to site ${site.id}`);
  };
  const cloudAuthFor: Credentials['cloudAuthFor'] = async (userId, credentialId, site) => {
    if (credentialId === ownSignIn(site.id) || credentialId === ownDevice(site.id)) {
      const provider = credentialId === ownSignIn(site.id) ? site.oidcProvider : deviceClient(site)?.provider.id;
      const issuer = provider && openId(provider)?.provider.issuer;
      if (!provider || !issuer) throw notFederated(site);
      const accessToken = (options?: { renew?: boolean }) => grants.accessTokenFor(userId, provider, options);
      return federatedAuth(site, issuer, accessToken);
    }
    const record = await records.find(userId, credentialId);
    if (!record) throw missing(site);
    return await cloudAuthOf(record, site);
  };

  return {
    vault,
    grants,
    records,
    ownStore,
    devices,
    revocations: createRevocations({ db, clock }),
    deviceClient,
    providers,
    openId,
    cloudAuthFor,
    cloudAuthOf,
    accessTokenFor: grants.accessTokenFor,
    async check() {
      await server?.check();
      await checkRing(db, ring);
    },
  };
}

function missing(site: Site): AppError {
  return new AppError({
    code: 'credential-missing',
    title: `The credential for ${site.name} is no longer there`,
    detail: `What was to act at ${site.name} names a credential that you do not have (any more).`,
    remedy: 'Choose another credential, or add one for this site in Settings → Credentials.',
  });
}

function elsewhere(name: string, site: Site): AppError {
  return new AppError({
    code: 'credential-invalid',
    title: `“${name}” is not a credential for ${site.name}`,
    detail: `The credential “${name}” was stored for another site, and its secret is never sent to ${site.name}.`,
    remedy: `Choose a credential for ${site.name}, or add one in Settings → Credentials.`,
  });
}

function notFederated(site: Site): AppError {
  return new AppError({
    code: 'credential-missing',
    title: `${site.name} does not take your sign-in`,
    detail: `${site.name} is not federated with a sign-in provider of this Transat.`,
    remedy: `Add an application credential for ${site.name} in Settings → Credentials.`,
  });
}
