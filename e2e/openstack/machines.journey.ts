import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { readUserData, tryUserData } from '../lib/metadata';
import { withKey } from '../lib/shell';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

test('a virtual machine boots, is configured, lets its owner in with a verified host key, and goes without a trace', async ({
  baseURL,
}) => {
  const { api, on } = await withKey(baseURL, 'alice', 'machine');
  const body = { recipe: 'virtual-machine', name: 'journey machine', inputs: { packages: ['jq'] } };
  await deployOnLab(api, where, body, { machine: 'fast.small' }, 300, async (id) => {
    const { target, knownHosts, run } = await on(id);
    expect(await run('echo "{}" | jq -c . && hostname')).toMatch(/^\{\}\nvm/);
    // what the metadata service goes on telling opens nothing any more
    const { statuses, hostKey } = await tryUserData(await run(readUserData), baseURL ?? '');
    expect(statuses).toEqual([409, 404, 404]);
    expect(knownHosts).not.toContain(hostKey.split(' ')[1]);
    const outputs = await api.outputs(id);
    expect(outputs.addresses).toBe(target.split('@')[1]);
  });
});
