import { describe, expect, test } from 'vitest';
import { pairsOnTwoShores } from '../testing/pairs';

const world = pairsOnTwoShores();
const { ids, call, serviceNamed, look, namesOn, membersOf, unreachable, errandsFor, outputs, put } = world;

const body = {
  origin: '',
  worker: '',
  service: { ...serviceNamed('words'), image: 'nobody/reads:this' },
  inPlace: true,
  thresholdSeconds: 30,
};
const asked = () => ({ ...body, origin: ids.us, worker: ids.eu });
async function standing(secrets: Record<string, string> = {}): Promise<void> {
  const made = await call('POST', `/clusters/${ids.us}/services`, { ...serviceNamed('words'), secrets });
  expect(made.status, made.text).toBe(201);
}

describe('a service that stands is made a pair', () => {
  test('in place: it stays with its files, hands on, and stays when the pair is taken out', async () => {
    await standing();
    await put('kept.txt');
    const plan = await call('POST', '/pairs?dryRun=true', asked());
    expect(plan.json, plan.text).toMatchObject({
      ready: true,
      calls: [
        { side: 'worker', does: 'create' },
        { side: 'origin', does: 'update', undo: 'unshare' },
      ],
    });
    const made = await call('POST', '/pairs', asked());
    expect(made.json, made.text).toMatchObject({ state: 'standing', inPlace: true });
    expect([membersOf(), world.america.cluster.world.service('words')?.image]).toEqual([['europe'], 'transat/word-count:1']);
    await call('POST', `/pairs/${made.json.id}/drain`, {});
    await put('f1.txt');
    await errandsFor(10);
    expect(outputs(world.europe)).toEqual(['out/f1.txt.count.txt']);
    // also while work is moved away, what it asks for is as before when the pair is gone
    expect((await call('DELETE', `/pairs/${made.json.id}`)).status).toBe(204);
    expect([namesOn(world.america), namesOn(world.europe)]).toEqual([['words'], []]);
    expect(world.america.cluster.world.service('words')).toMatchObject({ cpu: '0.5', replicas: [], clusters: {} });
    expect(Object.keys(world.america.cluster.world.bucket('words')?.objects ?? {})).toContain('in/kept.txt');
  });

  test('and one that is taken out while its worker is silent keeps no password of it', async () => {
    await standing();
    const { json } = await call('POST', '/pairs', asked());
    unreachable(world.europe, true);
    await errandsFor(30);
    expect(membersOf()).toEqual([]);
    expect((await call('DELETE', `/pairs/${json.id}?keep=true`)).status).not.toBe(204);
    expect(JSON.stringify(world.america.cluster.world.service('words'))).not.toContain(world.europe.password);
    expect(await look(json.id)).toMatchObject({ state: 'broken' });
  });

  test.each([
    ['is not there', async () => undefined, 'no-service'],
    ['has secrets that its cluster does not tell', () => standing({ KEY: 'value' }), 'has-secrets'],
  ])('one that %s is refused, and nothing is made', async (_what, prepare, refused) => {
    await prepare();
    expect((await call('POST', '/pairs?dryRun=true', asked())).json).toMatchObject({ ready: false, refused, calls: [] });
    expect((await call('POST', '/pairs', asked())).status).toBe(409);
    expect(namesOn(world.europe)).toEqual([]);
  });

  test('one that hands on already is refused', async () => {
    await standing();
    expect((await call('POST', '/pairs', asked())).status).toBe(201);
    expect((await call('POST', '/pairs?dryRun=true', asked())).json).toMatchObject({ refused: 'paired-already' });
  });
});
