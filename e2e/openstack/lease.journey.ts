import { expect, test } from '@playwright/test';
import type { Credential } from '@/lib/api/contract/credentials';
import { Api } from '../lib/api';
import { labChoices } from '../lib/journey';
import { leftovers, tokenOf } from '../lib/lab';
import { endLeaseIn, holdsHosts, leaseMadeBy, metalOf, seenByOthers } from '../lib/lab-leases';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };
const minutes = (n: number) => n * 60_000;

// Its lease begins two minutes ahead. Once it has shown what it can, somebody cuts the lease short at the site, so that it needs not last for long.
test('a SLURM cluster with workers on bare metal waits for its lease, runs where nobody else sees it, and is ended with it', async ({
  baseURL,
}) => {
  test.setTimeout(minutes(25));
  const { api, on } = await withKey(baseURL, 'alice', 'lease');
  const choices = await labChoices(api, where);
  const at = { site: 'lab', ...where, image: choices.image };
  const [start, end] = [new Date(Date.now() + minutes(2)).toISOString(), new Date(Date.now() + minutes(45)).toISOString()];
  const request = {
    recipe: 'slurm',
    inputs: { worker_count: 2, shared_home: 'none' },
    placement: {
      controller: { ...at, flavor: choices.flavor('fast.small') },
      workers: { ...at, flavor: choices.flavor('baremetal'), newLease: { start, end, nodeType: 'compute_skylake' } },
    },
  };
  expect((await api.plan(request)).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { id } = await api.deploy({ ...request, name: 'journey lease' });
  try {
    await api.until(id, ['waiting-for-lease'], 120);
    expect(await metalOf(id)).toEqual([]);
    await api.until(id, ['ready'], 1080);
    expect(await metalOf(id)).toEqual(['lab-metal-1', 'lab-metal-2']);
    const { run } = await on(id);
    const names = (await run('srun -N2 hostname')).split('\n').sort();
    expect(names).toEqual(['slurm-worker-1', 'slurm-worker-2']);

    const lease = await leaseMadeBy(id);
    expect(lease.status).toBe('ACTIVE');
    expect(await holdsHosts(lease.id)).toBe(true);
    expect(await seenByOthers(id)).toEqual({ listed: [], server: 404 });
    await strangerCannotName(baseURL ?? '', id, lease.id, request);

    const short = await endLeaseIn(lease.id, 6);
    const over = await api.until(id, ['deleted'], (short.getTime() - Date.now()) / 1000);
    expect(over).toMatchObject({ endedBy: 'lease', lost: ['slurm-controller', 'slurm-worker-1', 'slurm-worker-2'] });
    expect(await metalOf(id)).toEqual([]);
    expect(await holdsHosts(lease.id)).toBe(false);
  } finally {
    if ((await api.deployment(id)).state !== 'deleted') {
      await api.delete(id);
      await api.until(id, ['deleted'], 300);
    }
  }
  expect(await leftovers(id)).toEqual([]);
});

/** Somebody of another project, with an own door to the site, gets to know neither the deployment nor the lease by their ids. */
async function strangerCannotName(
  url: string,
  deploymentId: string,
  leaseId: string,
  request: { recipe: string; inputs: Record<string, unknown>; placement: Record<string, object> },
): Promise<void> {
  const dora = new Api(url, tokenOf('dora'));
  const body = { kind: 'password', site: 'lab', name: 'other', username: 'stranger', password: 'lab-secret' };
  const credential = await dora.call<Credential>('POST', '/credentials', body);
  try {
    await expect(dora.deployment(deploymentId)).rejects.toThrow('404');
    const placement = { site: 'lab', credential: credential.id, lease: leaseId };
    const { problems } = await dora.plan({ ...request, placement: { controller: placement, workers: placement } });
    expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', detail: expect.stringContaining(`no lease ${leaseId}`) }));
  } finally {
    await dora.call('DELETE', `/credentials/${credential.id}`);
  }
}
