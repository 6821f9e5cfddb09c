import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';
import { statusOf } from '../lib/status';

const where = { credential: 'oidc:lab' };

test('Galaxy runs a tool, lets in who has an account alone, takes a tool of one’s own, and is not disturbed by being set up again', async ({
  baseURL,
  browser,
}) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  test.setTimeout(3_000_000);
  const { api, on } = await withKey(baseURL, 'alice', 'galaxy');
  const body = { recipe: 'galaxy', name: 'journey galaxy', inputs: { people: ['maria'] } };
  await deployOnLab(api, where, body, { server: 'fast.large' }, 2400, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('a tool made another of it');
    expect(await statusOf(`${outputs.url}api/users`, outputs.authority ?? '')).toBe(403);
    await expect(statusOf(`${outputs.url}api/version`, '')).rejects.toThrow();

    const [name = '', password = ''] = (outputs.accounts ?? '').split(' ');
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await page.locator('input[name="login"]').fill(name);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('input[name="password"]').press('Enter');
    await expect(page.getByText('Text Manipulation')).toBeVisible({ timeout: 90_000 });
    await context.close();

    const { run } = await on(id);
    const asked = `curl -s --noproxy '*' --cacert galaxy.pem -H 'x-api-key: ${outputs.api_key}' ${outputs.url}api`;
    await run(`echo ${Buffer.from(outputs.authority ?? '').toString('base64')} | base64 -d >galaxy.pem`);
    const tool = `<tool id="own" name="One of our own" version="1"><command>echo hello > '$made'</command><outputs><data name="made" format="txt"/></outputs></tool>`;
    await run(`echo ${Buffer.from(tool).toString('base64')} | base64 -d >/mnt/galaxy/tools/own.xml`);
    await run(`${asked}/configuration/toolbox -X PUT`);
    await expect.poll(() => run(`${asked}/tools/own`), { timeout: 60_000 }).toContain('One of our own');

    const started = await run('systemctl show galaxy galaxy-tasks -p ActiveEnterTimestampMonotonic');
    await rerun(api, id, 'metadata.configure', 1500);
    expect(await run('systemctl show galaxy galaxy-tasks -p ActiveEnterTimestampMonotonic')).toBe(started);
    expect((await api.outputs(id, true)).accounts).toBe(outputs.accounts);
    expect(await run(`${asked}/histories`)).toBe('[]');
  });
});
