import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import type { KeptSweep } from '@/lib/store/rows/job';
import { openToFollow } from '../clusters/open-to-follow';
import type { WorkloadPorts } from '../types';
import { LEAST_BEAT_SECONDS, nextBeat } from './beat';
import { nameByTime } from './by-time';
import { type PairAtWork, pairsAtWork } from './followed';
import { lookUp, type Storages, splitPlace, storagesOf } from './look-up';
import { type Listing, merge } from './merge';
import { isOver, overNow } from './over';
import { jobsListed, openJobs, writeJobs } from './rows';
import { settle } from './settle';
import { claim, release, type Turns } from './turns';
import type { LedgerJob } from './types';

const MOST_OPEN = 1000;
const AT_ONCE = 6;
const MOST_NAMELESS = 50;
const MOST_NAMES = 5000;

/**
 * Asks each cluster of a person's pairs once how the jobs of one service are, the services in turns, and writes down what that says. Of jobs that have
 * ended it looks up what they answered and wrote. Only one process does so at a time, and no sooner than a beat after the last.
 * @returns in how many seconds it is to be done again; null: there is nothing to follow
 */
export async function followJobs(ports: WorkloadPorts, userId: string): Promise<number | null> {
  const { pairs, clusters } = await pairsAtWork(ports, userId);
  if (pairs.length === 0) return null;
  const claimed = await claim(ports, userId, LEAST_BEAT_SECONDS);
  if (!claimed) return 1;
  let turns = claimed.turns;
  try {
    const names = Object.fromEntries([...clusters.values()].map(({ id, name }) => [id, name]));
    const asked = await askAll(ports, userId, pairs, turns);
    turns = asked.turns;
    for (const { pair, listing } of asked.listings) {
      const rows = await rowsFor(ports, pair, listing);
      await writeJobs(
        ports.store,
        userId,
        merge(pair, rows, listing, () => newId('job')),
        names,
      );
    }
    const storages = storagesOf(ports, userId);
    let moving = false;
    for (const pair of pairs) {
      const open = await openJobs(ports.store, pair.id, MOST_OPEN);
      moving ||= open.length > 0;
      await writeJobs(ports.store, userId, await named(storages, pair, open), names);
      const over = overNow(open, asked.silent, turns.turn ?? 0, ports.clock.now().getTime());
      await writeJobs(ports.store, userId, await settled(ports, userId, storages, pair, over), names);
    }
    return nextBeat({ watched: claimed.watched, moving, silent: asked.silent.size > 0 });
  } finally {
    await release(ports, userId, turns);
  }
}

async function askAll(
  ports: WorkloadPorts,
  userId: string,
  pairs: readonly PairAtWork[],
  { turn = 0, sweeps = {} }: Turns,
): Promise<{ listings: { pair: PairAtWork; listing: Listing }[]; turns: Turns; silent: ReadonlySet<string> }> {
  const ids = [...new Set(pairs.flatMap(({ origin, worker }) => [origin, worker]))];
  const silent = new Set<string>();
  const next: Record<string, KeptSweep> = {};
  const found = await Promise.all(
    ids.map(async (cluster) => {
      const here = pairs.filter(({ origin, worker }) => origin === cluster || worker === cluster);
      const pair = here[turn % here.length];
      if (!pair) return [];
      for (const other of here) {
        const kept = sweeps[`${cluster} ${other.service}`];
        if (other !== pair && kept) next[`${cluster} ${other.service}`] = kept;
      }
      const key = `${cluster} ${pair.service}`;
      const before = sweeps[key];
      try {
        const { client } = await openToFollow(ports, userId, cluster);
        const at = ports.clock.now().getTime();
        const page = await client.jobs(pair.service, before?.next);
        const all = [...(before?.names ?? []), ...page.jobs.map(({ name }) => name)];
        if (page.next !== null && all.length < MOST_NAMES) next[key] = { next: page.next, names: all };
        return [{ pair, listing: { cluster, jobs: page.jobs, all: page.next === null ? new Set(all) : null, at } }];
      } catch (error) {
        silent.add(cluster);
        log.info({ err: error, cluster }, 'the jobs of a cluster could not be listed');
        return [];
      }
    }),
  );
  // what left the origin is known before the worker is looked at
  const listings = found.flat().toSorted((one, other) => Number(isWorker(one)) - Number(isWorker(other)));
  return { listings, turns: { turn: turn + 1, sweeps: next }, silent };
}

const isWorker = ({ pair, listing }: { pair: PairAtWork; listing: Listing }) => listing.cluster === pair.worker;

async function rowsFor({ store }: WorkloadPorts, pair: PairAtWork, { cluster, jobs }: Listing): Promise<LedgerJob[]> {
  const [open, listed] = await Promise.all([
    openJobs(store, pair.id, MOST_OPEN),
    jobsListed(
      store,
      pair,
      cluster,
      jobs.map(({ name }) => name),
    ),
  ]);
  return [...new Map([...listed, ...open].map((row) => [row.id, row])).values()];
}

/** Which file jobs answer whose log says nothing yet. */
async function named(storages: Storages, pair: PairAtWork, open: readonly LedgerJob[]): Promise<LedgerJob[]> {
  const nameless = open.filter(({ object, state }) => object === null && !isOver({ state }));
  const input = pair.wish.input[0];
  if (nameless.length === 0 || nameless.length > MOST_NAMELESS || !input) return [];
  const { bucket, rest } = splitPlace(input.path);
  try {
    const page = await (await storages(pair.origin)).list(bucket, `${rest}/`, { deep: true });
    return page.next === null ? nameByTime(open, bucket, page.objects) : [];
  } catch {
    return [];
  }
}

/** Those that have ended, with what was found of them. */
async function settled(
  ports: WorkloadPorts,
  userId: string,
  storages: Storages,
  pair: PairAtWork,
  over: readonly LedgerJob[],
): Promise<LedgerJob[]> {
  const done: LedgerJob[] = [];
  for (let from = 0; from < over.length; from += AT_ONCE) {
    const some = over.slice(from, from + AT_ONCE).map(async (job) => {
      const found = await lookUp(ports, userId, storages, pair, job);
      return settle(job, found, pair, ports.clock.now().getTime());
    });
    done.push(...(await Promise.all(some)));
  }
  return done;
}
