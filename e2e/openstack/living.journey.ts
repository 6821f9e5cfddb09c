import { expect, test } from '@playwright/test';
import type { ChangePreview, PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';
import { deployOnLab } from '../lib/journey';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

test('a SLURM cluster grows and shrinks while a job runs: the job lives, and every node knows who is there', async ({ baseURL }) => {
  test.setTimeout(2_400_000);
  const { api, on } = await withKey(baseURL, 'bob', 'living');
  // fewer where the lab is shared with others
  const most = Number(process.env.TRANSAT_LAB_WORKERS ?? 4);
  const least = most > 2 ? 2 : 1;
  const name = 'journey living';
  const body = { recipe: 'slurm', name, inputs: { worker_count: least, shared_home: 'none', accounting: false } };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 840, async (id) => {
    const { run } = await on(id);
    const lines = async (command: string) => (await run(command)).split('\n').sort();
    const workers = (...numbers: number[]) => numbers.map((number) => `slurm-worker-${number}`);
    const change = (patch: PatchDeploymentBody) => api.call('PATCH', `/deployments/${id}`, patch);
    const preview = (patch: PatchDeploymentBody) => api.call<ChangePreview>('PATCH', `/deployments/${id}?dryRun=true`, patch);
    const servers = async () =>
      new Map((await api.resources(id)).filter(({ kind }) => kind === 'server').map(({ key: server, cloudId }) => [server, cloudId]));

    const job = await run(`sbatch --parsable --mem=100 --wrap 'sleep 3600' -o /dev/null`);
    await expect.poll(() => run(`squeue -hj ${job} -o '%T %N'`), { timeout: 60_000 }).toBe('RUNNING slurm-worker-1');
    const before = await servers();

    const all = Array.from({ length: most }, (_, index) => index + 1);
    expect(await preview({ groups: { workers: { count: most } } })).toMatchObject({ effect: 'reload', removed: [] });
    await change({ groups: { workers: { count: most } } });
    expect((await api.deployment(id)).state).toBe('updating');
    await api.until(id, ['ready'], 900);
    for (const [server, cloudId] of before) expect((await servers()).get(server)).toBe(cloudId);
    expect(await lines('sinfo -hN -o %N')).toEqual(workers(...all));
    expect(await run(`squeue -hj ${job} -o '%T %N'`)).toBe('RUNNING slurm-worker-1');
    // every node knows the others by name, and SLURM's own words are the same from each
    const seen = await lines(
      `srun --overlap -N${most} --mem=50 bash -c 'echo $(sinfo -hN -o %N | sort) $(grep -o "slurm-worker-[0-9]*" /etc/hosts | sort -u | wc -l)'`,
    );
    expect(seen).toEqual(Array.from(all, () => `${workers(...all).join(' ')} ${most}`));

    // the one at work goes, with its job put back into the queue, and all others but one
    const shrink: PatchDeploymentBody = { removeNodes: ['workers-1'], groups: { workers: { count: 1 } }, jobs: 'requeue' };
    await expect(change(shrink)).rejects.toMatchObject({ status: 422 });
    await change({ ...shrink, confirm: name });
    await api.until(id, ['ready'], 900);
    expect(await lines('sinfo -hN -o %N')).toEqual(workers(2));
    expect([...(await servers()).keys()].sort()).toEqual(['server-controller', 'server-workers-2']);
    await expect.poll(() => run(`squeue -hj ${job} -o '%T %N'`), { timeout: 300_000 }).toBe('RUNNING slurm-worker-2');
    expect(await run('grep -c slurm-worker /etc/hosts')).toBe('1');

    // what can't be is refused, and nothing that runs is touched
    await expect(change({ groups: { workers: { count: 0 } } })).rejects.toMatchObject({ status: 422 });
    await expect(change({ removeNodes: ['workers-7'] })).rejects.toMatchObject({ status: 422 });
    expect((await api.deployment(id)).state).toBe('ready');
  });
});
