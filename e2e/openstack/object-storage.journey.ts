import { request } from 'node:https';
import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { rerun } from '../lib/rerun';

const where = { credential: 'oidc:lab' };

/** The status of an answer to somebody without keys, who knows the storage by its authority alone. */
function asked(url: string, ca: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request(url, { ca }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on('error', fail)
      .end();
  });
}

test('an object storage keeps objects, is known by its own authority, and is not disturbed by being set up again', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  test.setTimeout(1_500_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'object-storage', name: 'journey objects', inputs: { buckets: ['data', 'more'] } };
  await deployOnLab(api, where, body, { server: 'fast.large' }, 900, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('was put and got');
    expect(await asked(`${outputs.endpoint}/data/secret`, outputs.authority ?? '')).toBe(403);
    await expect(asked(`${outputs.endpoint}/`, '')).rejects.toThrow();
    await rerun(api, id, 'metadata.configure');
    expect((await api.outputs(id, true)).proof).toContain('was put and got');
  });
});
