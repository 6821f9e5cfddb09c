import { expect, test } from '@playwright/test';
import type { ChangePreview, PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';
import { deployOnLab } from '../lib/journey';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

/** A machine that somebody has the key of, and what is asked of it. */
async function begin(baseURL: string | undefined) {
  const { api, on } = await withKey(baseURL, 'alice', 'changing');
  const of = (id: string) => ({
    preview: (patch: PatchDeploymentBody) => api.call<ChangePreview>('PATCH', `/deployments/${id}?dryRun=true`, patch),
    change: async (patch: PatchDeploymentBody, seconds: number) => {
      await api.call('PATCH', `/deployments/${id}`, patch);
      await api.until(id, ['ready'], seconds);
    },
    server: async () => (await api.resources(id)).find(({ kind }) => kind === 'server')?.cloudId,
    run: async (command: string) => (await on(id)).run(command),
  });
  return { api, of };
}

test('a machine goes on through a change without effect, is made anew where its data may go, and goes when its end is there', async ({
  baseURL,
}) => {
  test.setTimeout(1_200_000);
  const { api, of } = await begin(baseURL);
  const name = 'journey changing';
  const body = { recipe: 'virtual-machine', name, inputs: {} };
  await deployOnLab(api, where, body, { machine: 'fast.small' }, 840, async (id) => {
    const { preview, change, server, run } = of(id);
    const first = await server();
    await run('touch here');

    const narrower: PatchDeploymentBody = { inputs: { allowed_cidr: '172.24.4.0/24' } };
    expect(await preview(narrower)).toMatchObject({ effect: 'none', added: [], removed: [], nodes: [] });
    await change(narrower, 300);
    expect([await server(), await run('ls here')]).toEqual([first, 'here']);

    const larger: PatchDeploymentBody = { inputs: { allowed_cidr: '172.24.4.0/24', cpus: 2, disk: '8 GiB' }, machines: 'rebuild' };
    const told = await preview(larger);
    expect(['recreate', 'data-lost']).toContain(told.effect);
    expect(told.nodes).toMatchObject([{ remade: true, resized: false }]);
    await expect(api.call('PATCH', `/deployments/${id}`, larger)).rejects.toMatchObject({ status: 422 });
    expect(await server()).toBe(first);
    await change({ ...larger, confirm: name }, 300);
    expect(await server()).not.toBe(first);
    expect(await run('nproc; ls')).toBe('2');

    const end = new Date(Date.now() + 20_000).toISOString();
    await api.call('PATCH', `/deployments/${id}`, { expiresAt: end });
    const gone = await api.until(id, ['deleted'], 300);
    expect(gone).toMatchObject({ endedBy: 'end' });
  });
});

test('a machine of its own kernel comes to another size where it stands, and keeps its disk', async ({ baseURL }) => {
  test.skip(
    !process.env.TRANSAT_LAB_FULL,
    'an emulated machine takes minutes, and makes all others wait: npm run test:openstack -- --full',
  );
  test.setTimeout(3_600_000);
  const { api, of } = await begin(baseURL);
  const body = { recipe: 'virtual-machine', name: 'journey resize', inputs: {} };
  await deployOnLab(api, where, body, { machine: 'real.tiny' }, 1500, async (id) => {
    const { preview, change, server, run } = of(id);
    const first = await server();
    await run('touch here; sync');
    // the smallest of two CPUs is one of a kernel of its own, too
    const larger: PatchDeploymentBody = { inputs: { cpus: 2 }, machines: 'resize' };
    expect(await preview(larger)).toMatchObject({ effect: 'rolling', nodes: [{ resized: true, remade: false }] });
    await change(larger, 1500);
    expect(await server()).toBe(first);
    expect(await run('nproc; ls')).toBe('2\nhere');
  });
});
