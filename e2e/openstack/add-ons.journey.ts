import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';
import { makeKey } from '../lib/ssh';
import { statusOf } from '../lib/status';

const where = { credential: 'oidc:lab' };

test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');

test('whom Users and keys names logs in to a Dask cluster with their own key, under one number on all machines', async ({ baseURL }) => {
  const { api, on } = await withKey(baseURL, 'alice', 'users');
  const ada = makeKey();
  const inputs = { worker_count: 1, user_keys: [`ada ${ada.publicKey}`] };
  const body = { recipe: 'dask', addOns: ['users'], name: 'journey users', inputs };
  await deployOnLab(api, where, body, { scheduler: 'fast.medium', workers: 'fast.medium' }, 1200, async (id) => {
    expect(await api.outputs(id)).toMatchObject({ user_state: '1 may log in, 0 locked out' });
    const { run, by } = await on(id);
    const asAda = by(ada.file, 'ada');
    expect(await asAda('id -un; sudo -n true 2>&1 || echo refused')).toMatch(/^ada\n[\s\S]*refused$/);
    expect(await run('sudo passwd --status ada')).toMatch(/^ada L /);
  });
});

test('a registry on a Dask cluster keeps an image, answers outside to who has the password alone, and every machine trusts it', async ({
  baseURL,
}) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'dask', addOns: ['registry'], name: 'journey registry', inputs: { worker_count: 1 } };
  await deployOnLab(api, where, body, { scheduler: 'fast.medium', workers: 'fast.medium' }, 1200, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.registry_proof).toContain('pushed and pulled');
    // from outside, by the public address and the authority alone
    const ask = (path: string, headers: Record<string, string> = {}) =>
      statusOf(`https://${outputs.registry_address}/v2/${path}`, outputs.registry_authority ?? '', headers);
    const login = Buffer.from(`${outputs.registry_user}:${outputs.registry_password}`).toString('base64');
    expect(await ask('')).toBe(401);
    expect(await ask('_catalog', { authorization: `Basic ${login}` })).toBe(200);
  });
});

test('a machine without an NVIDIA card is left as it is by the GPU driver', async ({ baseURL }) => {
  const { api, on } = await withKey(baseURL, 'alice', 'gpu driver');
  const body = { recipe: 'virtual-machine', addOns: ['gpu-driver'], name: 'journey gpu driver', inputs: {} };
  await deployOnLab(api, where, body, { machine: 'fast.small' }, 600, async (id) => {
    const none = 'none: this machine has no NVIDIA card';
    expect(await api.outputs(id)).toMatchObject({ gpu_driver: none, gpu_proof: none });
    const { run } = await on(id);
    expect(await run('dpkg --list | grep -i nvidia || true')).toBe('');
  });
});

test('Docker runs a container on a virtual machine, and what runs goes on while its steps are run again', async ({ baseURL }) => {
  // emulated, with a kernel of its own
  test.setTimeout(3_600_000);
  const { api, on } = await withKey(baseURL, 'alice', 'docker');
  const body = { recipe: 'virtual-machine', addOns: ['docker'], name: 'journey docker', inputs: { docker_without_sudo: true } };
  await deployOnLab(api, where, body, { machine: 'real.small' }, 3300, async (id) => {
    expect(await api.outputs(id)).toMatchObject({ docker_proof: expect.stringContaining('ran') });
    const { run } = await on(id);
    expect(await run('docker info --format "{{.LiveRestoreEnabled}} {{.LoggingDriver}}"')).toBe('true local');
    const image = 'tar -chf - /bin/sleep $(ldd /bin/sleep | grep -oE "/[^ )]+") | docker import - journey >/dev/null';
    await run(`${image}; docker run --detach --name journey journey /bin/sleep 3600`);
    const begun =
      'docker inspect --format "{{.State.StartedAt}} {{.State.Running}}" journey; systemctl show docker -p ActiveEnterTimestampMonotonic';
    const before = await run(begun);
    expect(before).toContain(' true');
    await rerun(api, id, 'docker_engine.configure', 900);
    expect(await run(begun)).toBe(before);
  });
});

test('a folder is shared by two virtual machines', async ({ baseURL }) => {
  // emulated, with a kernel of their own
  test.setTimeout(3_600_000);
  const { api, on } = await withKey(baseURL, 'alice', 'add-ons');
  const body = { recipe: 'virtual-machine', addOns: ['nfs'], name: 'journey add-ons', inputs: { machine_count: 2, nfs_size: '1 GiB' } };
  await deployOnLab(api, where, body, { machine: 'real.small' }, 3300, async (id) => {
    expect(await api.outputs(id)).toMatchObject({ nfs_state: '2 of 2' });
    const { run } = await on(id);
    expect(await run('findmnt -no TARGET /srv/transat-shared; ls /shared/.transat')).toBe('/srv/transat-shared\nasked\nvm-1\nvm-2');
  });
});
