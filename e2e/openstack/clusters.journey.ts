import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { mirrorStands, tokenOf } from '../lib/lab';

const run = promisify(execFile);
const where = { credential: 'oidc:lab' };
const kubectlPath = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin/kubectl');

function kubectl(kubeconfig: string): (...args: string[]) => Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'transat-kube-')), 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return async (...args) => (await run(kubectlPath, ['--kubeconfig', file, '--request-timeout=30s', ...args])).stdout;
}

test('JupyterHub answers on its public address and lets the administrator in with the generated password', async ({ baseURL, browser }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  await deployOnLab(api, where, { recipe: 'jupyterhub', name: 'journey hub' }, { hub: 'fast.medium' }, 840, async (id) => {
    const outputs = await api.outputs(id, true);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await page.getByLabel(/username/i).fill(outputs.admin_user ?? '');
    await page.getByLabel(/password/i).fill(outputs.admin_password ?? '');
    await page.getByRole('button', { name: /sign in/i }).click();
    await expect(page).toHaveURL(/\/(hub\/(spawn-pending|home|spawn)|user\/)/, { timeout: 120_000 });
    await context.close();
  });
});

test.describe('with the mirror of Kubernetes', () => {
  test.beforeEach(async () => {
    const stands = await mirrorStands();
    if (!stands) console.error('THE MIRROR OF KUBERNETES DOES NOT STAND: Kubernetes and OSCAR were NOT tried on the real OpenStack.');
    test.skip(!stands, 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  });

  test('Kubernetes has three nodes ready, and a Deployment answers on a NodePort', async ({ baseURL }) => {
    const api = new Api(baseURL ?? '', tokenOf('alice'));
    const body = { recipe: 'kubernetes', name: 'journey kubernetes', inputs: { worker_count: 2 } };
    await deployOnLab(api, where, body, { control_plane: 'fast.large', workers: 'fast.medium' }, 840, async (id) => {
      const outputs = await api.outputs(id, true);
      const k = kubectl(outputs.kubeconfig ?? '');
      const nodes = (await k('get', 'nodes', '--no-headers')).trim().split('\n');
      expect(nodes.map((line) => line.split(/\s+/)[1])).toEqual(['Ready', 'Ready', 'Ready']);
      await k(
        'create',
        'deployment',
        'web',
        '--image=docker.io/library/busybox:1.36',
        '--',
        'sh',
        '-c',
        'echo hello > /tmp/index.html && httpd -f -p 8080 -h /tmp',
      );
      await k('expose', 'deployment', 'web', '--type=NodePort', '--port=8080');
      const port = await k('get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].nodePort}');
      const address = new URL(outputs.api_endpoint ?? '').hostname;
      await expect
        .poll(
          () =>
            fetch(`http://${address}:${port}/`, { signal: AbortSignal.timeout(3000) }).then(
              (answer) => answer.text(),
              () => '',
            ),
          { timeout: 180_000 },
        )
        .toBe('hello\n');
    });
  });
});
