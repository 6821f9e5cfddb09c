import { sql } from 'kysely';
import type { ResourceSpec } from '@/lib/planning/types';
import type { Deletion } from '@/lib/store/schema';
import type { Left, Made } from '../kinds/cluster-made';
import type { Ports } from '../ports';
import { deleteAllSeconds } from './ending';
import { type NewEvent, writeEvents } from './events';
import { type Ledger, type Place, placeKey } from './ledger';
import { refresh } from './state/refresh';

/** What a look at one place has shown. */
export interface Looked {
  place: Place;
  made: Made[];
  /** with what is said of each */
  left: { thing: Left; event: NewEvent }[];
  /** it was looked at, as far as it could be */
  done: boolean;
}

interface Row {
  key: string;
  kind: 'loadBalancer' | 'floatingIp' | 'volume';
  dependsOn: string[];
  summary: string;
  spec: ResourceSpec;
  made: Made;
}

/**
 * Writes what a look has shown, all or nothing: what clusters have made has a row each from now on and goes like all else, in its turn; what stays is told, once.
 * @returns whether the ledger is another now, and the pass must start over
 */
export async function writeClusterMade({ store, clock }: Ports, ledger: Ledger, looks: readonly Looked[]): Promise<boolean> {
  const { id } = ledger.deployment;
  const { deletion: read } = ledger.deployment;
  if (!read) return false;
  const rows = looks.flatMap(({ place, made }) => rowsOf(ledger, made).map((row) => ({ ...row, place })));
  const told = new Set(read.told);
  const left = looks.flatMap((look) => look.left).filter(({ thing }) => !told.has(thing.id));
  const looked = [...new Set([...read.looked, ...looks.flatMap(({ place, done }) => (done ? [placeKey(place)] : []))])];
  if (rows.length + left.length === 0 && looked.length === read.looked.length) return false;
  const now = clock.now();
  const deadline = new Date(now.getTime() + deleteAllSeconds * 1000);
  let isNew = rows.length > 0;
  await store.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('deployments').select('deletion').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
    // it was asked for anew meanwhile, and may be another
    if (row?.deletion?.asked !== read.asked) {
      isNew = true;
      return;
    }
    const deletion: Deletion = { ...read, looked, told: [...read.told, ...left.map(({ thing }) => thing.id)] };
    await trx
      .updateTable('deployments')
      .set({ deletion: JSON.stringify(deletion) })
      .where('id', '=', id)
      .execute();
    for (const { key, kind, place, dependsOn, summary, spec, made } of rows) {
      await trx
        .insertInto('resources')
        .values({
          deployment_id: id,
          key,
          kind,
          ...place,
          group_name: null,
          depends_on: dependsOn,
          summary,
          spec: JSON.stringify(spec),
          wanted: 'absent',
          phase: 'ready',
          cloud_id: made.id,
          attempts: 1,
          deadline_at: deadline,
          updated_at: now,
        })
        .execute();
      // a disk is not taken from a machine that runs
      if (made.kind !== 'volume') continue;
      for (const server of made.servers) {
        await trx
          .updateTable('resources')
          .set(({ eb }) => ({ depends_on: sql<string[]>`array_append(depends_on, ${key})`, version: eb('version', '+', 1) }))
          .where('deployment_id', '=', id)
          .where('key', '=', server)
          .execute();
      }
    }
    const found = rows.map(({ key, summary, made }): NewEvent => {
      return { level: 'info', stage: 'resource', subject: key, message: `Found, and goes first: ${summary}`, data: { cloudId: made.id } };
    });
    await writeEvents(store, trx, id, [...found, ...left.map(({ event }) => event)], now);
    if (rows.length > 0) await refresh(store, trx, id, now);
    ledger.deployment = { ...ledger.deployment, deletion };
  });
  return isNew;
}

function rowsOf({ resources }: Ledger, made: readonly Made[]): Row[] {
  const taken = new Set(resources.map(({ key }) => key));
  const machines = resources.filter(({ kind, phase }) => kind === 'server' && phase !== 'gone');
  const routers = resources.filter(({ kind, phase }) => kind === 'router' && phase !== 'gone');
  const keys = new Map(made.map((one) => [one.id, keyOf(one, taken)]));
  return made.map((one): Row => {
    const key = keys.get(one.id) ?? one.id;
    switch (one.kind) {
      case 'loadBalancer': {
        const spec: ResourceSpec = { kind: 'loadBalancer', subnet: one.subnet };
        const dependsOn = [one.subnet, ...machines.map((machine) => machine.key)];
        return { key, kind: one.kind, dependsOn, summary: `Load balancer of the cluster: ${one.name}`, spec, made: one };
      }
      case 'floatingIp': {
        const balancer = keys.get(one.loadBalancer);
        const spec: ResourceSpec = { kind: 'floatingIp', externalNetworkId: '', port: balancer ?? '' };
        const dependsOn = [...(balancer === undefined ? [] : [balancer]), ...routers.map((router) => router.key)];
        return {
          key,
          kind: one.kind,
          dependsOn,
          summary: `Floating IP of a load balancer of the cluster: ${one.address}`,
          spec,
          made: one,
        };
      }
      default: {
        const spec: ResourceSpec = { kind: 'volume', sizeGiB: one.sizeGiB, claim: one.claim };
        return { key, kind: 'volume', dependsOn: [], summary: `Volume of the claim ${one.claim}: ${one.sizeGiB} GiB`, spec, made: one };
      }
    }
  });
}

// As its site calls it, so that people know it again; another beside it of the same name has its id as well.
function keyOf({ kind, id, name }: Made, taken: Set<string>): string {
  const plain = `${kind}-${name}`.replace(/[^\w.-]+/g, '-').slice(0, 80);
  const key = taken.has(plain) ? `${plain}-${id}` : plain;
  taken.add(key);
  return key;
}
