import { expect, test } from '@playwright/test';
import type { PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';
import { deployOnLab } from '../lib/journey';
import { apply, kubectl } from '../lib/kubectl';
import { mirrorStands } from '../lib/lab';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

test('a Kubernetes cluster grows by a worker and gives up the one at work, while a Deployment answers all the while', async ({
  baseURL,
}) => {
  test.skip(!(await mirrorStands()), 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  test.setTimeout(2_400_000);
  const { api } = await withKey(baseURL, 'alice', 'living kubernetes');
  const name = 'journey living kubernetes';
  const body = { recipe: 'kubernetes', name, inputs: { worker_count: 1 } };
  await deployOnLab(api, where, body, { control_plane: 'fast.large', workers: 'fast.medium' }, 840, async (id) => {
    const outputs = await api.outputs(id, true);
    const k = kubectl(outputs.kubeconfig ?? '');
    await apply(k, { apiVersion: 'v1', kind: 'List', items: web });
    const port = await k('get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].nodePort}');
    const url = `http://${new URL(outputs.api_endpoint ?? '').hostname}:${port}/`;
    const ask = () =>
      fetch(url, { signal: AbortSignal.timeout(5000) }).then(
        (answer) => answer.text(),
        (error: Error) => String(error.cause ?? error),
      );
    await expect.poll(ask, { timeout: 180_000 }).toBe('hello\n');

    const heard = { answers: 0, others: [] as string[], over: false };
    const listening = (async () => {
      while (!heard.over) {
        const said = await ask();
        if (said === 'hello\n') heard.answers += 1;
        else heard.others.push(`${new Date().toISOString()} ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    })();
    try {
      const change = (patch: PatchDeploymentBody) => api.call('PATCH', `/deployments/${id}`, patch);
      const nodes = async () => (await k('get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}')).split(' ').sort();
      const [front, first] = await nodes();

      await change({ groups: { workers: { count: 2 } } });
      await api.until(id, ['ready'], 900);
      const three = await nodes();
      expect(three).toHaveLength(3);
      const second = three.find((node) => node !== front && node !== first);

      // the worker at work goes: its pods are moved one by one, as the budget wants
      await change({ removeNodes: ['workers-1'], groups: { workers: { count: 1 } }, jobs: 'finish', confirm: name });
      await api.until(id, ['ready'], 900);
      expect(await nodes()).toEqual([front, second]);
      const pods = await k('get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[*].spec.nodeName}');
      expect(new Set(pods.split(' '))).toEqual(new Set([second]));
    } finally {
      heard.over = true;
      await listening;
    }
    expect(heard.others).toEqual([]);
    expect(heard.answers).toBeGreaterThan(20);
  });
});

const selector = { matchLabels: { app: 'web' } };
const container = {
  name: 'web',
  image: 'docker.io/library/busybox:1.36',
  command: ['sh', '-c', 'echo hello > /tmp/index.html && httpd -f -p 8080 -h /tmp'],
  readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
  // what still comes to it by tables that are not yet renewed is answered
  lifecycle: { preStop: { exec: { command: ['sleep', '10'] } } },
};
const web = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 2, selector, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 8080 }] },
  },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable: 1, selector } },
];
