import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { withKey } from '../lib/shell';
import { makeKey } from '../lib/ssh';

test.skip(!process.env.TRANSAT_LAB_FULL, 'brings Ansible to machines, which takes minutes: `npm run test:openstack -- --full`');

const where = { credential: 'oidc:lab' };
// a machine under load is long at unpacking Ansible
const seconds = 1700;
// this machine, as the lab's guests see it
const host = '172.24.4.1';

const signedIn = (baseURL?: string) => withKey(baseURL, 'alice', 'foreign');

test('a template in the shape of the Infrastructure Manager’s configures two machines by its playbooks, in their order and with one secret', async ({
  baseURL,
}) => {
  test.setTimeout(2_400_000);
  const { api, on } = await signedIn(baseURL);
  const lines = ['it\'s "quoted"', '$(id) `id` \\ %s'];
  const body = { recipe: 'board.yaml', addOns: ['note.yml'], name: 'journey board', inputs: { note_lines: lines } };
  await deployOnLab(api, where, body, { front: 'fast.small', readers: 'fast.small' }, seconds, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.readers_of_it).toMatch(/^1 at \d+\.\d+\.\d+\.\d+, from \d+\.\d+\.\d+\.\d+$/);
    expect(outputs.what_was_read).toBe('the same secret, reader-1');
    expect(outputs.credentials).toBe(`ssh debian@${outputs.address}`);
    expect(await (await on(id)).run('cat /etc/note.txt; echo end')).toBe(`${lines.join('\n')}\nend`);
  });
});

test.describe('the Infrastructure Manager’s own templates, unmodified', () => {
  test.skip(!process.env.TRANSAT_IM_CATALOGUE, 'no checkout of its catalogue is named in TRANSAT_IM_CATALOGUE');
  test.setTimeout(2_400_000);
  const machine = { mem_size: '2 GB', disk_size: '0 GiB' };

  test('simple-node-disk with users, ansible_tasks and wget', async ({ baseURL }) => {
    const { api, on } = await signedIn(baseURL);
    const text = 'what is to be fetched\n';
    const server = createServer((_, answer) => answer.end(text));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo; // it listens on an address
    const inputs = {
      ...machine,
      user_num: 2,
      ansible_tasks: '- name: Leave a mark\n  copy:\n    content: "{{ ansible_distribution }}"\n    dest: /etc/mark\n',
      data_url: `http://${host}:${port}/data.txt`,
      local_path: '/srv/data',
    };
    const body = { recipe: 'simple-node-disk.yml', addOns: ['users.yml', 'ansible_tasks.yml', 'wget.yml'], name: 'journey im vm', inputs };
    try {
      await deployOnLab(api, where, body, { simple_node: 'fast.medium' }, seconds, async (id) => {
        const { target, run } = await on(id);
        expect(await api.outputs(id, true)).toMatchObject({ node_creds: `ssh ${target}` });
        expect(await run('cat /etc/mark /srv/data/data.txt; echo end')).toBe(`Debian${text}end`);
        expect(await run('id -un user01 user02; sudo passwd --status user02')).toMatch(/^user01\nuser02\nuser02 P /);
      });
    } finally {
      server.close();
    }
  });

  test('simple-node-disk with ssh_keys', async ({ baseURL }) => {
    const { api, on } = await signedIn(baseURL);
    const other = makeKey();
    const inputs = { ...machine, ssh_keys: [other.publicKey] };
    const body = { recipe: 'simple-node-disk.yml', addOns: ['ssh_keys.yml'], name: 'journey im keys', inputs };
    await deployOnLab(api, where, body, { simple_node: 'fast.medium' }, seconds, async (id) => {
      expect(await (await on(id)).by(other.file)('echo in')).toBe('in');
    });
  });
});
