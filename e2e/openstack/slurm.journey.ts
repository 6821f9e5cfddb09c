import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { askMetadata } from '../lib/metadata';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';
import { makeKey } from '../lib/ssh';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

test('a SLURM cluster runs a job on both workers, which can’t read what the cloud tells the machines', async ({ baseURL }) => {
  const { api, on } = await withKey(baseURL, 'bob', 'slurm');
  const body = { recipe: 'slurm', name: 'journey slurm', inputs: { worker_count: 2, shared_home: 'none' } };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 840, async (id) => {
    expect((await api.nodes(id)).map((node) => node.state)).toEqual(['ready', 'ready', 'ready']);
    const { run } = await on(id);
    expect((await run('srun -N2 hostname')).split('\n').sort()).toEqual(['slurm-worker-1', 'slurm-worker-2']);
    expect(await run(`sudo ${askMetadata}`)).toBe('200');
    expect(await run(askMetadata)).toBe('000');
  });
});

test('a SLURM cluster runs MPI over its workers, accounts for jobs and fences them in, and is not disturbed by being set up again', async ({
  baseURL,
}) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'waits for accounts, fences and a whole set-up: npm run test:openstack -- --full');
  test.setTimeout(1_800_000);
  const { api, on } = await withKey(baseURL, 'bob', 'slurm');
  const ana = makeKey();
  const inputs = { worker_count: 2, shared_home: 'none', people: [`ana ${ana.publicKey}`, 'ben'] };
  const body = { recipe: 'slurm', name: 'journey slurm', inputs };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 780, async (id) => {
    expect((await api.nodes(id)).map((node) => node.state)).toEqual(['ready', 'ready', 'ready']);
    expect(await api.outputs(id)).toMatchObject({ nodes: '2 of 2', proof: 'MPI over 2 nodes, found in the accounts' });
    const { run, by } = await on(id);
    const asAna = by(ana.file, 'ana');
    expect((await run('srun -N2 hostname')).split('\n').sort()).toEqual(['slurm-worker-1', 'slurm-worker-2']);

    // what the cloud tells a machine of itself is root's alone: on the controller, and in jobs
    expect(await run(`sudo ${askMetadata}`)).toBe('200');
    expect(await run(askMetadata)).toBe('000');
    expect(await asAna(`srun -N2 bash -c "${askMetadata.replaceAll('"', '\\"')}"`)).toBe('000\n000');

    await expect(asAna(`srun --mem=100 python3 -c 'print(len(bytearray(400 << 20)))'`)).rejects.toThrow(/out of memory/i);
    await expect.poll(() => run('sacct -aXnPo user,state'), { timeout: 60_000 }).toMatch(/^ana\|COMPLETED$[\s\S]*^ana\|OUT_OF_MEMORY$/m);
    // a worker asks the accounts, too
    expect(await asAna('srun -N1 sacctmgr -nP show account format=account')).toContain('researchers');

    // in the middle of a job, with a worker that an administrator has drained
    const job = await run(`sbatch --parsable -w slurm-worker-1 --mem=100 --wrap 'sleep 600' -o /dev/null`);
    await run('sudo scontrol update nodename=slurm-worker-2 state=drain reason=mine');
    await expect.poll(() => run(`squeue -hj ${job} -o %T`)).toBe('RUNNING');
    const daemons = 'pgrep -d, "slurmctld|slurmdbd|mariadbd|munged"';
    const before = await run(daemons);
    await rerun(api, id, 'controller_metadata.configure');
    expect(await run(daemons)).toBe(before);
    expect(await run(`squeue -hj ${job} -o '%T %N'`)).toBe('RUNNING slurm-worker-1');
    expect(await run('sinfo -hNn slurm-worker-2 -o "%T %E"')).toBe('drained mine');
    // once the job is through, the cluster is proven by the worker that is left
    await run(`scancel ${job}; sleep 3`);
    await rerun(api, id, 'proof.configure');
    expect(await run(`sudo grep '"type":"outputs"' /var/lib/transat/messages.jsonl | tail -n 1`)).toContain('1 of 2');
  });
});

test('a SLURM cluster shares its home folders over NFS', async ({ baseURL }) => {
  test.skip(
    !process.env.TRANSAT_LAB_FULL,
    'virtual machines with kernels of their own take about 20 minutes here: npm run test:openstack -- --full',
  );
  test.setTimeout(3_600_000);
  const { api, on } = await withKey(baseURL, 'alice', 'nfs');
  const body = { recipe: 'slurm', name: 'journey nfs', inputs: { worker_count: 2, shared_home: 'nfs' } };
  await deployOnLab(api, where, body, { controller: 'real.small', workers: 'real.small' }, 3300, async (id) => {
    const { run } = await on(id);
    const text = await run('echo across > ~/shared && srun -N1 -w slurm-worker-2 cat shared');
    expect(text).toBe('across');
  });
});
