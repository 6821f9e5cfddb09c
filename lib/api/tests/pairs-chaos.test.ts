import { describe, expect, test } from 'vitest';
import type { TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { followJobs } from '@/lib/workloads/ledger/follow';
import { pairsOnTwoShores } from '../testing/pairs';

// Pairs on bad days, by a seed: `npm run chaos -- --pairs --seed 7 --rounds 5 --steps 60` does more of them.
const first = Number(process.env.TRANSAT_CHAOS_SEED ?? 1);
const rounds = Number(process.env.TRANSAT_CHAOS_ROUNDS ?? 1);
const steps = Number(process.env.TRANSAT_CHAOS_STEPS ?? 25);

const world = pairsOnTwoShores();
const { clock, ids, call, serviceNamed, namesOn, membersOf, unreachable } = world;
const names = ['one', 'two', 'three'];

/** Second by second, what is due for pairs, and their jobs followed. */
async function errandsFor(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await world.errandsFor(1);
    await followJobs(world.api.services, 'owner').catch(() => null);
  }
}

/** Numbers below 1 that come in the same order for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Row {
  id: string;
  name: string;
  state: string;
}
const rows = async (): Promise<Row[]> => (await call('GET', '/pairs')).json.items.filter(({ id }: { id: string | null }) => id !== null);
const serviceOn = (oscar: TestOscar, name: string) => oscar.cluster.world.service(name);

/** What comes in between, and what people do meanwhile; each says what it did. */
function doers(roll: () => number, kept: Set<string>) {
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(roll() * of.length)];
  const some = async () => pick(await rows());
  let files = 0;
  const shore = () => (roll() < 0.5 ? world.america : world.europe);
  return {
    async make() {
      const name = pick(names) ?? 'one';
      // what stays for itself keeps its name
      if (kept.has(name)) return `${name} is taken`;
      const asked = { origin: ids.us, worker: ids.eu, service: serviceNamed(name), thresholdSeconds: 30 };
      return `make ${name}: ${(await call('POST', '/pairs', asked)).status}`;
    },
    async takeOut() {
      const row = await some();
      if (!row) return 'nothing to take out';
      const keep = roll() < 0.3;
      const { status } = await call('DELETE', `/pairs/${row.id}?keep=${keep}`);
      if (keep && status === 204) kept.add(row.name);
      return `take out ${row.name}${keep ? ', keep' : ''}: ${status}`;
    },
    async drain() {
      const row = await some();
      const side = roll() < 0.5 ? 'origin' : 'worker';
      return row ? `drain ${side} of ${row.name}: ${(await call('POST', `/pairs/${row.id}/drain`, { side })).status}` : 'nothing to drain';
    },
    async endDrain() {
      const row = await some();
      return row ? `end drain of ${row.name}: ${(await call('DELETE', `/pairs/${row.id}/drain`)).status}` : 'nothing to end';
    },
    async drop() {
      const row = await some();
      if (!row) return 'nothing to drop a file into';
      files += 1;
      const path = `http://transat.test/api/v1/clusters/${ids.us}/buckets/${row.name}/objects?key=in/f${files}.txt`;
      const headers = { ...world.api.as.owner, 'content-length': '7' };
      return `a file for ${row.name}: ${(await world.api.raw(new Request(path, { method: 'POST', body: 'one two', headers }))).status}`;
    },
    async cut() {
      const is = roll() < 0.5;
      unreachable(world.europe, is);
      return `Europe is ${is ? 'gone' : 'there'}`;
    },
    async fault() {
      const status = pick([401, 500, 503, 'reset', 'reset-after-commit'] as const) ?? 500;
      const method = pick(['GET', 'POST', 'PUT', 'DELETE']) ?? 'GET';
      const times = 1 + Math.floor(roll() * 2);
      shore().cluster.world.faults.add({ match: { method, path: '/system/' }, answer: { status }, times });
      return `${times} × ${method} ${status}`;
    },
    async minio() {
      const oscar = shore();
      oscar.cluster.world.state.minioBackAt = oscar.cluster.world.now() + 8_000;
      return `MinIO of ${oscar === world.america ? 'America' : 'Europe'} starts again`;
    },
    async die() {
      const past = new Date(clock.now().getTime() - 1);
      await world.api.store.db.updateTable('pairs').set({ mend_until: past, alive_until: past }).execute();
      return 'whoever was at work has died';
    },
    async wait() {
      const seconds = 1 + Math.floor(roll() * 25);
      await errandsFor(seconds);
      return `${seconds} s pass`;
    },
  };
}

/** What the clusters list of a pair's jobs, and what the ledger says of them: a line each, `cluster name state`. */
async function jobsOf({ id, name }: Row): Promise<{ listed: string[]; kept: string[] }> {
  const shores = [
    [ids.us, world.america],
    [ids.eu, world.europe],
  ] as const;
  const listed = shores.flatMap(([cluster, oscar]) =>
    oscar.cluster.world.state.runs.filter(({ service }) => service === name).map((run) => `${cluster} ${run.name} ${run.status}`),
  );
  const { items } = (await call('GET', `/jobs?limit=100&pair=${id}`)).json;
  const kept = items.flatMap(({ ran, seen, state }: { ran: { id: string }; seen: { cluster: string; name: string }[]; state: string }) =>
    seen.filter(({ cluster }) => cluster === ran.id).map((one) => `${one.cluster} ${one.name} ${state}`),
  );
  return { listed: listed.toSorted(), kept: kept.toSorted() };
}

/** All is well again, and all that was asked for had its time. */
async function calm(): Promise<void> {
  for (const oscar of [world.america, world.europe]) {
    oscar.cluster.world.faults.clear();
    oscar.cluster.world.state.minioBackAt = 0;
  }
  unreachable(world.europe, false);
  for (const { id } of await rows()) await call('DELETE', `/pairs/${id}/drain`);
  await errandsFor(160);
  for (const { id, state } of await rows()) if (state !== 'standing') expect((await call('DELETE', `/pairs/${id}`)).status).toBe(204);
}

describe('after whatever came between, nothing is left that nobody has, and each worker is where it belongs', () => {
  test.each(Array.from({ length: rounds }, (_none, round) => first + round))(
    'seed %d',
    async (seed) => {
      const roll = dice(seed);
      const kept = new Set<string>();
      const can = Object.values(doers(roll, kept));
      const story: string[] = [];
      // one wait for each thing that happens, so that there is time for it to matter
      for (let step = 0; step < steps; step++) {
        const doing = can[step % 2 === 1 ? can.length - 1 : Math.floor(roll() * can.length)];
        if (doing) story.push(await doing());
      }
      await calm();
      const told = story.join('\n');
      const standing = (await rows()).map(({ name }) => name);
      // whatever was changed how often, files start jobs
      for (const { cluster } of [world.america, world.europe])
        for (const { name, token, webhookToken } of cluster.world.state.services) expect([name, webhookToken], told).toEqual([name, token]);
      expect(namesOn(world.america).toSorted(), told).toEqual([...standing, ...kept].toSorted());
      expect(namesOn(world.europe).toSorted(), told).toEqual([...standing, ...kept].toSorted());
      for (const row of await rows()) {
        const { listed, kept: inLedger } = await jobsOf(row);
        // each job that a cluster lists is one row, and is there what it is
        expect(
          inLedger.filter((line) => listed.includes(line)),
          told,
        ).toEqual(listed);
        expect(new Set(inLedger).size, told).toBe(inLedger.length);
      }
      for (const name of standing) {
        expect([name, membersOf(name), serviceOn(world.america, name)?.cpu], told).toEqual([name, ['europe'], '0.5']);
      }
      for (const name of kept) {
        expect([name, membersOf(name), serviceOn(world.america, name)?.cpu], told).toEqual([name, [], '0.5']);
        expect(JSON.stringify(serviceOn(world.america, name)), told).not.toContain(world.europe.password);
        expect(JSON.stringify(serviceOn(world.europe, name)), told).not.toContain(world.america.minio.secretKey);
      }
    },
    600_000,
  );
});
