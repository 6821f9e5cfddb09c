import { log } from '@/lib/core/log';
import { elasticDeployments } from '@/lib/deploying/ledger/elastic';
import { forgetHistory } from '@/lib/deploying/ledger/retention';
import { elasticErrand } from '@/lib/deploying/nodes/queue';
import { leaseErrand } from '@/lib/leasing/work/due';
import { dueLeases, forgetOldLeases, runLeaseErrand } from '@/lib/leasing/work/errand';
import { dueProjects, watchErrand, watchProject } from '@/lib/leasing/work/watching';
import { forgetAudit } from '@/lib/store/forget';
import { deliver, dueDeliveries } from '@/lib/telling/deliver';
import { lookForNotices } from '@/lib/telling/notices';
import { forgetNotices } from '@/lib/telling/retention';
import { endOldDemos } from '@/lib/workloads/demo/demo';
import { dueForJobs, forgetJobs, jobsErrand } from '@/lib/workloads/ledger/errands';
import { followJobs } from '@/lib/workloads/ledger/follow';
import { dueForPairs, runPairErrand } from '@/lib/workloads/pairs/watch/errands';
import { deviceErrand, finishDeviceLogin, revocationErrand, revoke } from './credentials';
import { followQueues } from './elastic/follow';
import type { KeepingPorts } from './ports';
import { getKeeping } from './room';
import { dueStrayEnds, endStrays, strayEnd } from './strays/destroy';
import { dueStrayLooks, lookForStrays, placeIn, strayErrand, strayLook } from './strays/look';

/** They wait for sites and servers far longer than they work: one that is slow is not to hold up the others. */
const AT_ONCE = 16;
const SWEEP_MS = 60_000;
const forgetErrand = 'forget';
const FORGET_FIRST_S = 120;
const demosErrand = 'demos';
const DEMOS_EVERY_S = 120;
const DEMOS_AGAIN_S = 600;
const FORGET_EVERY_S = 3600;

/**
 * Does in this process what is to be done for people without them, beside their deployments: goes on with device flows, extends, ends and looks for
 * leases, asks sites how leases stand, watches pairs of clusters and follows their jobs, has groups of nodes follow their queues, looks for what is left over at sites and deletes what was asked for, tells people in time what comes, and revokes at sites and providers what could not be revoked before. A sweep makes sure that none is forgotten.
 * @returns what ends it
 */
export async function runErrands(services: KeepingPorts): Promise<() => void> {
  const fault = (error: unknown, errand = '') => log.error({ err: error, errand }, 'an errand met a fault');
  await services.store.queue.errands.work((errand) => runErrand(services, errand), AT_ONCE, fault);
  const look = () => {
    void sweep(services).catch((error: unknown) => fault(error));
    void tellInTime(services).catch((error: unknown) => fault(error));
  };
  const timer = setInterval(look, SWEEP_MS).unref();
  look();
  return () => clearInterval(timer);
}

// Histories, logs and the audit are kept as long as the operator says.
async function forgetWritten({ store, config, clock }: KeepingPorts): Promise<number> {
  const now = clock.now();
  const counts = [
    await forgetHistory(store.db, config.retention, now),
    await forgetNotices(store.db, config.retention, now),
    await forgetAudit(store.db, config.retention, now),
    await forgetJobs({ store, clock }, config.retention.eventDays),
  ];
  const gone = counts.reduce((sum, count) => sum + count, 0);
  if (gone > 0) log.info({ rows: gone }, 'what was kept long enough was forgotten');
  return FORGET_EVERY_S;
}

/** One errand. @returns in how many seconds it is to be run again; null: never */
export async function runErrand(services: KeepingPorts, errand: string): Promise<number | null> {
  const [kind, id = '', way, project] = errand.split(' ');
  if (kind === forgetErrand) return await forgetWritten(services);
  if (kind === 'device') return await finishDeviceLogin(services, id);
  if (kind === 'lease') return await runLeaseErrand(services, id);
  if (kind === watchErrand) return await watchProject(services, [id, way, project]);
  const forPairs = await runPairErrand(services, kind ?? '', id);
  if (forPairs !== undefined) return forPairs;
  if (kind === strayLook) {
    await lookForStrays(services, placeIn([id, way, project]));
    return null;
  }
  if (kind === strayEnd) return await endStrays(services, placeIn([id, way, project]));
  if (kind === demosErrand) return (await endOldDemos(services)) > 0 ? DEMOS_AGAIN_S : DEMOS_EVERY_S;
  if (kind === 'elastic') return await followQueues(services, id);
  if (kind === jobsErrand) return await followJobs(services, id);
  if (kind === 'tell') return await deliver(services.telling, `${id} ${way}`);
  if (kind === 'grant') {
    const { credentials, sites } = services;
    // the providers of device flows are known by their sites
    for (const site of sites.common) credentials.deviceClient(site);
    return await credentials.grants.finish(id);
  }
  const owed = await services.credentials.revocations.find(id);
  if (owed) await revoke(services, owed);
  return null;
}

/** Sees to it that all that is to be done has an entry in the queue. */
export async function sweep(services: KeepingPorts): Promise<void> {
  const { credentials, clock, store } = services;
  const { devices: flows, grants, revocations } = credentials;
  const [devices, owed, ending, leases, projects, pairs, looks, ends, jobs, elastic] = await Promise.all([
    flows.waiting(),
    revocations.all(),
    grants.ending(),
    dueLeases(services),
    dueProjects(services),
    dueForPairs(services),
    dueStrayLooks(services),
    dueStrayEnds(services),
    dueForJobs(services),
    elasticDeployments(store.db),
  ]);
  await forgetOldLeases(services);
  const after = (at: Date) => Math.max((at.getTime() - clock.now().getTime()) / 1000, 0);
  await store.queue.errands.ensure([
    { errand: forgetErrand, after: FORGET_FIRST_S },
    ...devices.map(({ id, next_poll_at }) => ({ errand: deviceErrand(id), after: after(next_poll_at) })),
    // one whose end has just begun is left to whoever began it
    ...ending.map(({ id }) => ({ errand: `grant ${id}`, after: 60 })),
    ...leases.map(({ id, after }) => ({ errand: leaseErrand(id), after })),
    ...projects,
    ...pairs,
    ...looks,
    ...ends.map((place) => ({ errand: strayErrand(strayEnd, place), after: 0 })),
    ...jobs,
    ...elastic.map((id) => ({ errand: elasticErrand(id), after: 60 })),
    { errand: demosErrand, after: DEMOS_EVERY_S },
    ...owed.map(({ id, next_try_at }) => ({ errand: revocationErrand(id), after: after(next_try_at) })),
  ]);
}

/** Writes down what people are to be told of now, and sees to it that all that is to be sent has an entry in the queue. */
export async function tellInTime({ telling, store }: Pick<KeepingPorts, 'telling' | 'store'>): Promise<void> {
  await lookForNotices(telling);
  const due = await dueDeliveries(telling);
  await store.queue.errands.ensure(due.map(({ delivery, after }) => ({ errand: `tell ${delivery}`, after })));
}

const START_MS = 2000;

/** Begins with it in this process a moment after its start, unless TRANSAT_WORKER=0 says that others do the work. */
export function startErrands(): void {
  if (process.env.NEXT_PHASE === 'phase-production-build' || process.env.TRANSAT_WORKER === '0') return;
  const start = () =>
    void getKeeping()
      .then(runErrands)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'what is to be done for people could not be begun; it is tried again');
        setTimeout(start, SWEEP_MS).unref();
      });
  setTimeout(start, START_MS).unref();
}
