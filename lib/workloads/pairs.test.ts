import { afterAll, afterEach, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { connectOscar, type OscarClient } from '@/lib/oscar/client';
import { ObjectStore } from '@/lib/oscar/s3/store';
import type { Dialect, OscarAuth } from '@/lib/oscar/types';
import { machines } from '@/lib/sandbox/oscar/definition';
import { writePng } from '@/lib/sandbox/oscar/programs/png';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { closeStreams } from '@/lib/web/stream';
import { type PairSide, pairedWith, planPair, undoCalls } from './pair-calls';

// The plans, carried out on clusters that do with them what OSCAR does.
const open: TestOscar[] = [];
afterEach(async () => {
  for (const oscar of open.splice(0)) await oscar.end();
});
afterAll(async () => {
  await closeDoors();
  await closeStreams();
});

const issuer = 'https://aai.example';
const people = { ada: { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };

interface There {
  oscar: TestOscar;
  client: OscarClient;
  side: PairSide;
  store: ObjectStore;
}

async function start(id: string, dialect: Dialect, clock: ManualClock, kind: OscarAuth['kind']): Promise<There> {
  const oscar = await startTestOscar(dialect, { clock, people, definition: { id } });
  open.push(oscar);
  const basic = { kind: 'basic', user: oscar.user, password: new Secret(oscar.password) } as const;
  const auth: OscarAuth = kind === 'basic' ? basic : { kind, accessToken: async () => new Secret('ada') };
  const client = await connectOscar({ id, address: oscar.url, allowPrivate: true }, auth);
  const { minio } = await client.config();
  const side: PairSide = {
    id,
    dialect,
    endpoint: oscar.url,
    verify: false,
    store: minio,
    auth: kind === 'basic' ? basic : { kind },
    issuers: [issuer],
  };
  return { oscar, client, side, store: new ObjectStore(minio, { id, allowPrivate: true }) };
}

const path = (text: string) => ({ provider: 'minio.default', path: text, suffix: [], prefix: [] });
const wish = {
  name: 'fish',
  image: 'transat/fish-detection:1',
  script: '#!/bin/sh\ndetect',
  cpu: '1.0',
  memory: '1Gi',
  input: [path('fish/input')],
  output: [path('fish/output')],
  thresholdSeconds: 30,
};
const picture = writePng({ width: 4, height: 4, pixels: new Uint8Array(64) });
const filesOf = async ({ store }: There) =>
  (await store.list('fish', 'output/', { deep: true })).objects.map(({ key }) => key).filter((key) => !key.endsWith('/'));

async function carryOut(origin: There, worker: There, refreshToken?: Secret): Promise<void> {
  const plan = planPair(wish, origin.side, worker.side, refreshToken);
  if ('refused' in plan) throw new Error(plan.refused);
  for (const { side, call } of plan.calls) {
    const { client } = side === 'origin' ? origin : worker;
    if (call.kind === 'create') await client.createService(call.wish);
    else if (call.kind === 'federate') expect(await client.changeMembers(wish.name, { ...call, kind: 'add' })).toBeNull();
    else {
      const there = await client.service(wish.name);
      if (there) await client.updateService(call.wish, there);
    }
  }
}

test.each([
  ['3.6', '3.6', 'basic'],
  ['3.6', '4.1', 'basic'],
  ['4.1', '4.1', 'oidc'],
  ['4.1', '3.6', 'oidc'],
] as const)(
  '%s → %s: a job that waits too long at the origin runs at the worker, and its results are in both buckets',
  async (from, to, kind) => {
    const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
    const [origin, worker] = [await start('oscar-eu', from, clock, kind), await start('oscar-us', to, clock, kind)];
    await carryOut(origin, worker, kind === 'oidc' ? new Secret('refresh-ada') : undefined);
    const services = [await origin.client.service('fish'), await worker.client.service('fish')];
    expect(services.map((service) => service && pairedWith(service))).toMatchObject([
      { role: 'origin', with: ['oscar-us'] },
      { role: 'worker' },
    ]);
    // it runs at home while there is room
    await origin.store.put('fish', 'input/home.png', picture, { bytes: picture.length });
    await pass(clock, 12, origin.oscar, worker.oscar);
    expect([await filesOf(origin), await filesOf(worker)]).toEqual([['output/home.json', 'output/home.png'], []]);
    // and leaves when there is none, though OSCAR did not know that yet
    const { world } = origin.oscar.cluster;
    world.definition.nodes = () => machines('oscar-eu', 1, 0.1, 4);
    world.state.snapshot = machines('oscar-eu', 1, 9, 9);
    await origin.store.put('fish', 'input/away.png', picture, { bytes: picture.length });
    await pass(clock, 60, origin.oscar, worker.oscar);
    expect(await filesOf(worker)).toEqual(['output/away.json', 'output/away.png']);
    expect(await filesOf(origin)).toEqual(['output/away.json', 'output/away.png', 'output/home.json', 'output/home.png']);
    expect((await worker.client.jobs('fish')).jobs.map(({ state }) => state)).toEqual(['Succeeded']);
  },
);

test('a plan that fails half-way is taken back, and nothing is left on either side', async () => {
  const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
  const [origin, worker] = [await start('oscar-eu', '3.6', clock, 'basic'), await start('oscar-us', '3.6', clock, 'basic')];
  origin.oscar.cluster.world.faults.add({ match: { service: 'oscar', method: 'PUT' }, answer: { status: 500 }, times: 1 });
  await expect(carryOut(origin, worker)).rejects.toMatchObject({ code: 'upstream-failed' });
  const plan = planPair(wish, origin.side, worker.side);
  for (const { side, undo } of undoCalls('calls' in plan ? plan.calls : [], 2)) {
    if (undo === 'delete') await (side === 'origin' ? origin : worker).client.deleteService(wish.name);
  }
  for (const { client, store } of [origin, worker]) expect([await client.services(), await store.buckets()]).toEqual([[], []]);
});
