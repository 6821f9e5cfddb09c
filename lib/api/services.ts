import { resolve } from 'node:path';
import { type Catalog, loadCatalog } from '@/lib/catalog/catalog';
import { type Clock, systemClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { type CredentialsRoom, getCredentials } from '@/lib/credentials';
import type { Ports } from '@/lib/deploying/ports';
import { getDeploying } from '@/lib/deploying/work/room';
import { connectCloud, findIdentity, listProjects } from '@/lib/openstack';
import type { ConnectCloud, FindIdentity, ListProjects } from '@/lib/openstack/types';
import { createDirectory, type SiteDirectory } from '@/lib/sites';
import { getStore, type Store } from '@/lib/store';
import { Tries } from './http/tries';
import { Listeners } from './listeners';
import { SiteDesk } from './site-desk';

/** What the handlers and the pages work with. */
export interface Services {
  config: Config;
  clock: Clock;
  store: Store;
  credentials: CredentialsRoom;
  catalog: Catalog;
  sites: SiteDirectory;
  desk: SiteDesk;
  /** what lib/deploying works with */
  ports: Ports;
  listeners: Listeners;
  /** how often people try what reaches out */
  tries: Tries;
  connectCloud: ConnectCloud;
  listProjects: ListProjects;
  findIdentity: FindIdentity;
}

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.services');
type Holder = typeof globalThis & { [key]?: Promise<Services> };

/** The services of this process, made at the first call. */
export function getServices(): Promise<Services> {
  const holder: Holder = globalThis;
  holder[key] ??= open().catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

async function open(): Promise<Services> {
  const config = readConfig(process.env, process.cwd());
  const [store, credentials, ports] = await Promise.all([getStore(), getCredentials(), getDeploying()]);
  const catalog = loadCatalog([resolve(process.cwd(), 'recipes'), ...config.recipePaths]);
  return assemble({ config, clock: systemClock, store, credentials, catalog, ports, connectCloud, listProjects, findIdentity });
}

/** Puts services together from their parts; tests bring their own. */
export function assemble(parts: Omit<Services, 'sites' | 'desk' | 'listeners' | 'tries'>): Services {
  const sites = createDirectory(parts.config, parts.credentials.providers, parts.store.db, parts.clock);
  return { ...parts, sites, desk: new SiteDesk({ ...parts, sites }), listeners: new Listeners(parts.store), tries: new Tries(parts.clock) };
}
