import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { accessTo, labChoices } from '../lib/journey';
import { leftovers, serversOn, tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';

const where = { credential: 'oidc:lab' };
const minutes = (n: number) => n * 60_000;

// Its lease begins two minutes ahead and ends a quarter of an hour later; five minutes before that all is wound down.
test('a SLURM cluster with workers on bare metal waits for its lease, runs, and is ended with it', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'it lasts as long as its lease: npm run test:openstack -- --full');
  test.setTimeout(minutes(30));
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey lease ${Date.now()}`, publicKey: key.publicKey });
  const choices = await labChoices(api, where);
  const start = new Date(Date.now() + minutes(2));
  const end = new Date(start.getTime() + minutes(15));
  const at = { site: 'lab', ...where, image: choices.image('debian-12') };
  const placement = {
    controller: { ...at, flavor: choices.flavor('fast.small') },
    workers: {
      ...at,
      flavor: choices.flavor('baremetal'),
      newLease: { start: start.toISOString(), end: end.toISOString(), nodeType: 'compute_skylake' },
    },
  };
  const request = { recipe: 'slurm', inputs: { worker_count: 2, shared_home: 'none' }, placement };
  expect((await api.plan(request)).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { id } = await api.deploy({ ...request, name: 'journey lease' });
  try {
    await api.until(id, ['waiting-for-lease'], 120);
    expect(await serversOn(id)).toEqual([]);
    await api.until(id, ['ready'], 720);
    expect((await serversOn(id)).sort()).toEqual(['lab-metal-1', 'lab-metal-2']);
    const { target, knownHosts } = await accessTo(api, id);
    const names = (await ssh(target, key.file, knownHosts, 'srun -N2 hostname')).trim().split('\n').sort();
    expect(names).toEqual(['slurm-worker-1', 'slurm-worker-2']);
    await expect(new Api(baseURL ?? '', tokenOf('bob')).deployment(id)).rejects.toThrow('404');
    const over = await api.until(id, ['deleted'], (end.getTime() - Date.now()) / 1000);
    expect(over).toMatchObject({ endedBy: 'lease' });
  } finally {
    if ((await api.deployment(id)).state !== 'deleted') {
      await api.delete(id);
      await api.until(id, ['deleted'], 300);
    }
  }
  expect(await leftovers(id)).toEqual([]);
});
