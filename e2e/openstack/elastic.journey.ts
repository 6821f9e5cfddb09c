import { expect, test } from '@playwright/test';
import type { ElasticView } from '@/lib/api/contract/elastic';
import { Api } from '../lib/api';
import { accessTo, deployOnLab } from '../lib/journey';
import { login, tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';
import { ask } from './lab';

/** Servers that a project of the lab may have; -1: any number. */
async function instancesOf(project: string, instances: number): Promise<void> {
  await ask('admin', 'compute', 'PUT', `/os-quota-sets/${project}`, { quota_set: { instances, force: true } });
}

test('a job that waits brings a worker, an idle one goes, and a full quota says so', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'waits for machines to come and to be idle: npm run test:openstack -- --full');
  test.setTimeout(2_400_000);
  const api = new Api(baseURL ?? '', tokenOf('bob'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey elastic ${Date.now()}`, publicKey: key.publicKey });
  // a project that no other journey has machines in: its quota is changed on the way
  const own = { kind: 'password', site: 'lab', name: `elastic ${Date.now()}`, username: 'stranger', password: 'lab-secret' };
  const credential = await api.call<{ id: string }>('POST', '/credentials', own);
  const { projectId } = await login('stranger', 'other');
  const inputs = { worker_count: 1, elastic: true, worker_most: 3, idle_minutes: 1, shared_home: 'none', accounting: false };
  const body = { recipe: 'slurm', name: 'journey elastic', inputs };
  const where = { credential: credential.id, project: projectId };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 840, async (id) => {
    const { target, knownHosts } = await accessTo(api, id);
    const run = async (command: string) => (await ssh(target, key.file, knownHosts, command)).trim();
    const workers = async () => (await run('sinfo -hN -o %N')).split('\n').sort();
    const elastic = async () => (await api.call<ElasticView>('GET', `/deployments/${id}/elastic`)).items[0];
    const says = async () => (await elastic())?.decisions.map((each) => each.says).join('\n') ?? '';

    await expect.poll(async () => (await elastic())?.queue?.waiting, { timeout: 300_000 }).toBe(0);
    const stays = await run(`sbatch --parsable --exclusive -o /dev/null --wrap 'sleep 3600'`);
    await expect.poll(() => run(`squeue -hj ${stays} -o %T`), { timeout: 60_000 }).toBe('RUNNING');
    const waits = await run(`sbatch --parsable --exclusive -o /dev/null --wrap 'sleep 20'`);
    await expect.poll(says, { timeout: 240_000 }).toContain('grow from 1 to 2');
    await expect.poll(() => run(`squeue -hj ${waits} -o '%T %N' || true`), { timeout: 900_000 }).toBe('RUNNING slurm-worker-2');
    await api.until(id, ['ready'], 300);
    expect(await workers()).toEqual(['slurm-worker-1', 'slurm-worker-2']);

    await expect.poll(says, { timeout: 600_000 }).toContain('shrink from 2 to 1: slurm-worker-2 had nothing to do');
    await expect.poll(workers, { timeout: 600_000 }).toEqual(['slurm-worker-1']);
    await api.until(id, ['ready'], 600);
    expect(await run(`squeue -hj ${stays} -o '%T %N'`)).toBe('RUNNING slurm-worker-1');

    await instancesOf(projectId, 2);
    try {
      await run(`sbatch --parsable --exclusive -o /dev/null --wrap 'sleep 20'`);
      await expect.poll(async () => (await elastic())?.refused?.code, { timeout: 400_000 }).toBe('quota-exceeded');
      expect((await api.deployment(id)).state).toBe('ready');
      expect(await run(`squeue -hj ${stays} -o '%T %N'`)).toBe('RUNNING slurm-worker-1');
    } finally {
      await instancesOf(projectId, -1);
    }
  });
});
