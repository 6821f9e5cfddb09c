import { systemClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { getCredentials } from '@/lib/credentials';
import { getDeploying } from '@/lib/deploying/work/room';
import { SiteDesk } from '@/lib/desk/desk';
import { connectCloud, findIdentity, listProjects } from '@/lib/openstack';
import { createDirectory } from '@/lib/sites';
import { getStore } from '@/lib/store';
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
  return openKeeping({ config, clock: systemClock, store, credentials, ports, connectCloud, listProjects, findIdentity });
}

/** Adds the directory of sites and the desk to what they are made of; tests bring their own parts. */
export function openKeeping<Parts extends Omit<KeepingPorts, 'sites' | 'desk'> & { config: Config }>(
  parts: Parts,
): Parts & Pick<KeepingPorts, 'sites' | 'desk'> {
  const sites = createDirectory(parts.config, parts.credentials.providers, parts.store.db, parts.clock);
  return { ...parts, sites, desk: new SiteDesk({ ...parts, sites }) };
}
