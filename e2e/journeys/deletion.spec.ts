import { expect, type Page, test } from '@playwright/test';
import { stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { heal, inventory, workAsCluster } from '../lib/sandbox';

const soon = { timeout: 60_000 };
test.afterEach(() => heal('europe'));

/** Deploys a machine as the page would: how a form is filled in is not what is asked here. */
async function machine(page: Page, name: string): Promise<string> {
  const everybody = '0.0.0.0/0';
  const inputs = { machine_count: 1, allowed_cidr: everybody, ports_cidr: everybody };
  const { status, said } = await page.evaluate(
    async (body) => {
      const { csrf } = await (await fetch('/api/v1/me')).json();
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      const answer = await fetch('/api/v1/deployments', { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, said: await answer.json() };
    },
    { recipe: 'virtual-machine', name, inputs, placement: { machine: { site: 'sandbox-europe' } } },
  );
  expect(status, JSON.stringify(said)).toBe(202);
  return said.id;
}

for (const [language, width, words] of [
  [
    'en',
    1280,
    {
      made: 'Made by its cluster: goes first',
      volume: '1 volume of a claim',
      also: 'Delete these volumes, too',
      stays: 'They stay at the site, with what is on them.',
    },
  ],
  [
    'es',
    390,
    {
      made: 'Creado por su clúster: desaparece primero',
      volume: '1 volumen de una petición',
      also: 'Eliminar también estos volúmenes',
      stays: 'Se quedan en el sitio, con lo que contienen.',
    },
  ],
] as const) {
  test(`what a cluster has made is shown before a deletion, at ${width} pixels in ${language}`, async ({ page, context }, info) => {
    await signIn(page, 'ada');
    const name = `Shop ${language}`;
    await page.goto(`/deployments/${await machine(page, name)}`);
    await expect(stateOf(page)).toHaveText(/Ready/, soon);
    await workAsCluster('europe', new URL(page.url()).pathname.split('/').pop() ?? '');
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'transat-language', value: language, url: page.url() }]);
    await page.reload();
    await page.getByRole('button', { name: /More actions|Más acciones/ }).click();
    await page.getByRole('menuitem', { name: /^(Delete|Eliminar)/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(words.made)).toBeVisible(soon);
    await expect(dialog.getByText('kube_service_kubernetes_default_web')).toBeVisible();
    await expect(dialog.getByText(words.volume)).toBeVisible();
    await expect(dialog.getByText(words.stays)).toBeVisible();
    await dialog.getByLabel(words.also).check();
    const go = dialog.getByRole('button', { name: /Delete for good|Eliminar para siempre/ });
    await expect(go).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByRole('textbox').fill(name);
    await info.attach('dialog', {
      body: await page.screenshot({ path: `test-results/deletion-${language}.png` }),
      contentType: 'image/png',
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await go.click();
    await expect(stateOf(page)).toHaveText(/Deleted|Eliminad/, soon);
    expect((await inventory('europe')).filter((line) => /kube_service|pvc-/.test(line))).toEqual([]);
  });
}
