import { expect, test } from '@playwright/test';
import type { ElasticView } from '@/lib/api/contract/elastic';
import { deployOnLab } from '../lib/journey';
import { apply, kubectl } from '../lib/kubectl';
import { login, mirrorStands } from '../lib/lab';
import { withKey } from '../lib/shell';
import { ask } from './lab';

/** Servers that a project of the lab may have; -1: any number. */
async function instancesOf(project: string, instances: number): Promise<void> {
  await ask('admin', 'compute', 'PUT', `/os-quota-sets/${project}`, { quota_set: { instances, force: true } });
}

test('a job that waits brings a worker, an idle one goes, and a full quota says so', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'waits for machines to come and to be idle: npm run test:openstack -- --full');
  test.setTimeout(2_400_000);
  const { api, on } = await withKey(baseURL, 'bob', 'elastic');
  // a project that no other journey has machines in: its quota is changed on the way
  const own = { kind: 'password', site: 'lab', name: `elastic ${Date.now()}`, username: 'stranger', password: 'lab-secret' };
  const credential = await api.call<{ id: string }>('POST', '/credentials', own);
  const { projectId } = await login('stranger', 'other');
  const inputs = { worker_count: 1, elastic: true, worker_most: 3, idle_minutes: 1, shared_home: 'none', accounting: false };
  const body = { recipe: 'slurm', name: 'journey elastic', inputs };
  const where = { credential: credential.id, project: projectId };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 840, async (id) => {
    const { run } = await on(id);
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

/** A job of one pod that takes so much of a worker for so long. */
const job = (name: string, cpu: string, seconds: number) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name,
            image: 'docker.io/library/busybox:1.36',
            command: ['sleep', String(seconds)],
            resources: { requests: { cpu } },
          },
        ],
      },
    },
  },
});
const milli = (cpu: string) => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : 1000 * Number(cpu));

test('a pod that waits brings a worker to Kubernetes, and an idle one goes', async ({ baseURL }) => {
  test.skip(!(await mirrorStands()), 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  test.skip(!process.env.TRANSAT_LAB_FULL, 'waits for machines to come and to be idle: npm run test:openstack -- --full');
  test.setTimeout(2_400_000);
  const { api } = await withKey(baseURL, 'alice', 'elastic kubernetes');
  const inputs = { worker_count: 1, elastic: true, worker_most: 2, idle_minutes: 1 };
  const body = { recipe: 'kubernetes', name: 'journey elastic kubernetes', inputs };
  await deployOnLab(api, { credential: 'oidc:lab' }, body, { control_plane: 'fast.large', workers: 'fast.medium' }, 840, async (id) => {
    const k = kubectl((await api.outputs(id, true)).kubeconfig ?? '');
    const elastic = async () => (await api.call<ElasticView>('GET', `/deployments/${id}/elastic`)).items[0];
    const says = async () => (await elastic())?.decisions.map((each) => each.says).join('\n') ?? '';
    const workers = async () => (await k('get', 'nodes', '-o', 'name')).match(/kube-worker-\d+/g);
    const placeOf = async (name: string) => {
      const where = ['-o', 'jsonpath={.items[*].status.phase} {.items[*].spec.nodeName}'];
      return (await k('get', 'pods', '-l', `batch.kubernetes.io/job-name=${name}`, ...where)).trim();
    };
    const has = milli(await k('get', 'node', 'kube-worker-1', '-o', 'jsonpath={.status.allocatable.cpu}'));
    const most = `${Math.floor(has * 0.6)}m`;

    await expect.poll(async () => (await elastic())?.queue?.waiting, { timeout: 300_000 }).toBe(0);
    await apply(k, job('stays', most, 3600));
    await expect.poll(() => placeOf('stays'), { timeout: 120_000 }).toBe('Running kube-worker-1');
    await apply(k, job('waits', most, 20));
    await apply(k, job('giant', `${2 * has}m`, 20));
    await expect.poll(says, { timeout: 240_000 }).toContain('grow from 1 to 2: pods wait (1)');
    await expect.poll(() => placeOf('waits'), { timeout: 900_000 }).toMatch(/^(Running|Succeeded) kube-worker-2$/);
    await api.until(id, ['ready'], 600);
    expect(await workers()).toEqual(['kube-worker-1', 'kube-worker-2']);

    await expect.poll(says, { timeout: 600_000 }).toContain('shrink from 2 to 1: kube-worker-2 had nothing to do');
    await expect.poll(workers, { timeout: 600_000 }).toEqual(['kube-worker-1']);
    await api.until(id, ['ready'], 900);
    expect(await placeOf('stays')).toBe('Running kube-worker-1');
    expect(await placeOf('giant')).toBe('Pending');
  });
});
