import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { askMetadata } from '../lib/metadata';
import { runCell } from '../lib/notebook';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

test('JupyterHub lets the administrator in with the generated password, and runs a notebook that can’t read the machine’s metadata', async ({
  baseURL,
  browser,
}) => {
  const { api, on } = await withKey(baseURL, 'alice', 'hub');
  await deployOnLab(api, where, { recipe: 'jupyterhub', name: 'journey hub' }, { hub: 'fast.medium' }, 840, async (id) => {
    const outputs = await api.outputs(id, true);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await page.getByLabel(/username/i).fill(outputs.admin_user ?? '');
    await page.getByLabel(/password/i).fill(outputs.admin_password ?? '');
    await page.getByRole('button', { name: /sign in/i }).click();
    await expect(page).toHaveURL(/\/(hub\/(spawn-pending|home|spawn)|user\/)/, { timeout: 120_000 });

    if (process.env.TRANSAT_LAB_FULL) {
      // a notebook of theirs runs, and can't read what the cloud tells the machine of itself
      await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 240_000 });
      const server = new URL(page.url()).pathname.replace(/lab.*$/, '');
      const ask = `import getpass, subprocess; print(getpass.getuser(), subprocess.run(${JSON.stringify(askMetadata)}, shell=True, capture_output=True, text=True).stdout)`;
      expect((await runCell(page, server, ask)).trim()).toBe(`${outputs.admin_user} 000`);
    }
    await context.close();
    const { run } = await on(id);
    expect(await run(`sudo ${askMetadata}`)).toBe('200');

    // whoever works in a notebook is not cut off by its being set up again
    const begun = () => run('systemctl show jupyterhub -p ActiveEnterTimestampMonotonic,NRestarts,ActiveState');
    const before = await begun();
    expect(before).toContain('ActiveState=active');
    await rerun(api, id, 'metadata.configure');
    expect(await begun()).toBe(before);
  });
});
