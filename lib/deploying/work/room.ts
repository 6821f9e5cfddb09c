import { pino } from 'pino';
import { systemClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { getCredentials } from '@/lib/credentials';
import { createShellPool } from '@/lib/nodes/shell/pool';
import { connectCloud } from '@/lib/openstack';
import { createDirectory, identityEndpoint, keepDirectoryFresh } from '@/lib/sites';
import { getStore } from '@/lib/store';
import { callbackFor } from '../nodes/callback';
import { readOverSsh, readQueueOverSsh } from '../nodes/over-ssh';
import { NodePace } from '../nodes/pace';
import type { Ports } from '../ports';
import { runWorker, type Worker } from './worker';

// On globalThis, since Next bundles this module several times into one process.
const portsKey = Symbol.for('transat.deploying');
const workerKey = Symbol.for('transat.worker');
type Holder = typeof globalThis & { [portsKey]?: Promise<Ports>; [workerKey]?: Promise<Worker> };

/** What this room needs, of this process. Same errors as `getStore`. */
export function getDeploying(): Promise<Ports> {
  const holder: Holder = globalThis;
  holder[portsKey] ??= openPorts().catch((error: unknown) => {
    delete holder[portsKey];
    throw error;
  });
  return holder[portsKey];
}

async function openPorts(): Promise<Ports> {
  const config = readConfig(process.env, process.cwd());
  const store = await getStore();
  const credentials = await getCredentials();
  const directory = createDirectory(config, credentials.providers, store.db);
  const pool = createShellPool();
  const log = pino({ name: 'deploying', level: process.env.LOG_LEVEL ?? 'info' });
  return {
    store,
    clock: systemClock,
    vault: credentials.vault,
    async openCloud(userId, place) {
      const site = await directory.find(userId, place.site);
      if (!site) throw siteGone(place.site);
      const auth = await credentials.cloudAuthFor(userId, place.credential, site);
      return connectCloud(identityEndpoint(site), auth, place.project);
    },
    findSite: (userId, siteId) => directory.find(userId, siteId),
    callbackUrl: (site) => callbackFor(config, site),
    callbackCa: config.callbackCa,
    readNode: readOverSsh(pool),
    readQueue: readQueueOverSsh(pool),
    pace: new NodePace(systemClock),
    limits: config.limits,
    onFault: (error, deploymentId) => log.error({ err: error, deploymentId }, 'a pass met a fault'),
  };
}

/** Starts the worker of this process; a second call gives the same one. Same errors as `getStore`. */
export function startWorker(): Promise<Worker> {
  const holder: Holder = globalThis;
  holder[workerKey] ??= getDeploying()
    .then(startWork)
    .catch((error: unknown) => {
      delete holder[workerKey];
      throw error;
    });
  return holder[workerKey];
}

// What is done beside deployments ends with the worker.
async function startWork(ports: Ports): Promise<Worker> {
  const worker = await runWorker(ports);
  const endDirectory = keepDirectoryFresh(ports.store.db, ports.clock, readConfig(process.env, process.cwd()));
  return {
    async stop() {
      endDirectory();
      await worker.stop();
    },
  };
}

/** Stops the worker of this process where it runs. */
export async function stopWorker(): Promise<void> {
  const holder: Holder = globalThis;
  const running = holder[workerKey];
  delete holder[workerKey];
  if (running) await (await running).stop();
}

function siteGone(site: string): AppError {
  return new AppError({
    code: 'not-found',
    title: `The site ${site} is not in the directory`,
    cause: 'It was taken out of the configuration, or it was a site that you had added and have deleted.',
    remedy: 'Add the site again, with the same id, so that what was deployed there can be looked after.',
  });
}
