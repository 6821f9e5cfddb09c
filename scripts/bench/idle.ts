import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { nameOf, prefixOf } from '@/lib/deploying/ledger/names';
import type { Ports } from '@/lib/deploying/ports';
import { FakeCloud } from '@/lib/deploying/testing/fake-cloud';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { World } from '@/lib/deploying/testing/world';
import { watchProjects } from '@/lib/deploying/work/watch/projects';
import { watchSeconds } from '@/lib/deploying/work/watch/rows';
import { runWorker } from '@/lib/deploying/work/worker';
import type { Store } from '@/lib/store';
import { openStore } from '@/lib/store/store';
import { tidy } from '@/lib/store/tidy';
import type { Figure } from './figure';

const many = 5000;
const projects = 40;
const hour = 3600;
/** real seconds for which the worker's own beats are watched; one sweep falls into each minute */
const watchedSeconds = 120;

type Lists = Record<string, number>;

/** What it costs to have very many deployments at rest, on the embedded database: sites answer at once, so that only our own work is measured. */
export async function measureIdle(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'transat-idle-'));
  const store = await openStore({ dataDir: folder, databaseUrl: undefined });
  try {
    const { world, clouds } = await fill(store);
    const { rows } = await sql<{ resources: number }>`select count(*)::int as resources from resources`.execute(store.db);
    await beat(world.ports, world); // who is at rest is noted
    await beat(world.ports, world); // all is seen for the first time
    // the passes that this asks for
    await sql`delete from queue.job`.execute(store.db);
    await tidy(store.db);
    const before = callsOf(clouds);
    const beats = 3;
    const watching = await cpuOf(async () => {
      for (let count = 0; count < beats; count++) await beat(world.ports, world);
    });
    const lists =
      Object.values(callsOf(clouds)).reduce((sum, count) => sum + count, 0) - Object.values(before).reduce((sum, count) => sum + count, 0);
    const worker = await runWorker({ ...world.ports, clock: { ...world.clock, now: () => new Date() } } as Ports);
    await pause(10);
    const sitting = await cpuOf(() => pause(watchedSeconds));
    await worker.stop();
    const seconds = (watching / beats) * (hour / watchSeconds) + (sitting / watchedSeconds) * hour;
    return [
      {
        about: 'idle',
        name: `an hour of ${many} deployments at rest (${rows[0]?.resources} resources): of a core`,
        value: (100 * seconds) / hour,
        unit: '%',
        limit: 2,
      },
      {
        about: 'idle',
        name: 'of that, looks at their projects',
        value: (100 * (watching / beats) * (hour / watchSeconds)) / hour,
        unit: '%',
      },
      {
        about: 'idle',
        name: 'list calls a project and beat, of 8 kinds of things',
        value: lists / beats / projects,
        unit: 'calls',
        limit: 8,
      },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

async function beat(ports: Ports, { clock }: World): Promise<void> {
  clock.advance(watchSeconds * 1000);
  await watchProjects(ports);
}

/** @returns seconds of processor time of this process */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000_000;
}

const callsOf = (clouds: readonly FakeCloud[]): Lists =>
  Object.fromEntries(clouds.map((cloud, index) => [index, [...cloud.calls.values()].reduce((sum, count) => sum + count, 0)]));

// One is deployed as people do it, and its rows and what stands of it are copied.
async function fill(store: Store): Promise<{ world: World; clouds: FakeCloud[] }> {
  const world = new World(store);
  const id = await world.deploy(clusterPlan(1));
  if ((await world.settle(id)) !== 'ready') throw new Error('The deployment to be copied is not ready');
  const clouds = Array.from({ length: projects }, (_, index) => new FakeCloud(world.clock, `p${index}`));
  const things = [...world.cloud.things.values()];
  const ids = new Set(things.map((thing) => thing.id));
  for (let index = 0; index < many; index++) {
    for (const thing of things) {
      const copy = Object.fromEntries(
        Object.entries(thing).map(([key, value]) => [key, typeof value === 'string' && ids.has(value) ? `${value}x${index}` : value]),
      ) as typeof thing; // the same with other ids
      copy.metadata = thing.metadata && { 'transat:deployment': copyId(index) };
      copy.name = thing.name.replace(prefixOf(id), prefixOf(copyId(index)));
      clouds[index % projects]?.things.set(copy.id, copy);
    }
  }
  await copyRows(store, id);
  await store.db.deleteFrom('deployments').where('id', '=', id).execute();
  world.ports.openCloud = async (_user, { project }) => clouds[Number(project.slice(1))]?.cloud() ?? world.cloud.cloud();
  world.ports.findSite = async () => ({ provider: 'egi', rules: {} }) as Awaited<ReturnType<Ports['findSite']>>;
  if (nameOf(copyId(0), 'x') === nameOf(copyId(1), 'x')) throw new Error('Names of copies are the same');
  return { world, clouds };
}

const copyId = (index: number) => `dep_${String(index).padStart(8, '0')}0000`;

async function copyRows({ db }: Store, id: string): Promise<void> {
  const generated = new Set(['recipe_name', 'resource_keys']);
  for (const table of ['deployments', 'resources'] as const) {
    const { rows } = await sql<{
      name: string;
    }>`select column_name as name from information_schema.columns where table_name = ${table}`.execute(db);
    const columns = rows.map(({ name }) => name).filter((name) => !generated.has(name));
    const copied = columns.map((name) => {
      if ((table === 'deployments' && name === 'id') || name === 'deployment_id') return `'dep_' || lpad(i::text, 8, '0') || '0000'`;
      if (name === 'cloud_id') return `cloud_id || 'x' || i`;
      if (name === 'project') return `'p' || (i % ${projects})`;
      return `"${name}"`;
    });
    const key = table === 'deployments' ? 'id' : 'deployment_id';
    await sql
      .raw(
        `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')})
         select ${copied.join(', ')} from ${table}, generate_series(0, ${many - 1}) i where ${key} = '${id}'`,
      )
      .execute(db);
  }
}
