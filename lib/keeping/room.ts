import { resolve } from 'node:path';
import { loadCatalog } from '@/lib/catalog/catalog';
import { systemClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { getCredentials } from '@/lib/credentials';
import { getDeploying } from '@/lib/deploying/work/room';
import { SiteDesk } from '@/lib/desk/desk';
import { connectCloud, findIdentity, listProjects } from '@/lib/openstack';
import { createDirectory } from '@/lib/sites';
import { getStore } from '@/lib/store';
import { mailer } from '@/lib/telling/mail';
import type { KeepingPorts } from './ports';

type Keeping = KeepingPorts & { config: Config };

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.keeping');
type Holder = typeof globalThis & { [key]?: Promise<Keeping> };

/** What this room needs, of this process: made at the first call. Same errors as `getStore`. */
export function getKeeping(): Promise<Keeping> {
  const holder: Holder = globalThis;
  holder[key] ??= open().catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

async function open(): Promise<Keeping> {
  const config = readConfig(process.env, process.cwd());
  const [store, credentials, ports] = await Promise.all([getStore(), getCredentials(), getDeploying()]);
  const catalog = loadCatalog([resolve(process.cwd(), 'recipes'), ...config.recipePaths]);
  return openKeeping({ config, catalog, clock: systemClock, store, credentials, ports, connectCloud, listProjects, findIdentity });
}

type Made = 'sites' | 'desk' | 'telling';

/** Adds the directory of sites, the desk and what tells people in time to what they are made of; tests bring their own parts. */
export function openKeeping<Parts extends Omit<KeepingPorts, Made> & { config: Config }>(parts: Parts): Parts & Pick<KeepingPorts, Made> {
  const { store, clock, config, credentials } = parts;
  const sites = createDirectory(config, credentials.providers, store.db, clock);
  const { smtp, webhooks } = config;
  const telling = { store, clock, sites, config, vault: credentials.vault, sendMail: smtp && mailer(smtp), webhooks };
  return { ...parts, sites, desk: new SiteDesk({ ...parts, sites }), telling };
}
