import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { kubectl } from '../lib/kubectl';
import { mirrorStands, tokenOf } from '../lib/lab';
import { askMetadata } from '../lib/metadata';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';

const run = promisify(execFile);
const where = { credential: 'oidc:lab' };
const mcPath = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin/mc');

test.describe('with the mirror of Kubernetes', () => {
  test.beforeEach(async () => {
    const stands = await mirrorStands();
    if (!stands)
      process.stderr.write('THE MIRROR OF KUBERNETES DOES NOT STAND: Kubernetes and OSCAR were NOT tried on the real OpenStack.\n');
    test.skip(!stands, 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  });

  test('Kubernetes has three nodes ready, and a Deployment answers on a NodePort', async ({ baseURL }) => {
    const { api, on } = await withKey(baseURL, 'alice', 'kubernetes');
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

      // what the cloud tells a machine of itself is root's alone: no pod reads it, not even root of one on the node's own network
      const service = await k('get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}');
      // the image's own wget where it has one beside busybox's; that it can ask at all is shown first
      const ask = [
        'w=/usr/bin/wget; [ -x $w ] || w=wget',
        'ask() { $w -q -t 1 -T 10 -O /dev/null "$1"; }',
        `ask http://${service}:8080/ && echo asks`,
        'ask http://169.254.169.254/openstack && echo read || echo closed',
      ].join('; ');
      const pod = (name: string, spec: object) => {
        const container = { name, image: 'docker.io/library/busybox:1.36', command: ['sh', '-c', ask] };
        const overrides = JSON.stringify({ spec: { ...spec, restartPolicy: 'Never', containers: [container] } });
        return k('run', name, '--image=docker.io/library/busybox:1.36', '--restart=Never', `--overrides=${overrides}`);
      };
      await pod('inside', {});
      await pod('on-the-host', { hostNetwork: true });
      for (const name of ['inside', 'on-the-host'])
        await expect.poll(() => k('logs', name).catch(() => ''), { timeout: 120_000 }).toBe('asks\nclosed\n');
      const { run: onNode } = await on(id);
      expect(await onNode(`sudo ${askMetadata}`)).toBe('200');
      expect(await onNode(askMetadata)).toBe('000');

      // a cluster in use is not disturbed by being set up again, and never cleared away, even if its API does not answer
      const identity = () => k('get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}');
      const [cluster, before] = [await identity(), await k('get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.uid}')];
      await rerun(api, id, 'control_plane_metadata.configure');
      expect(await k('get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.uid}')).toBe(before);
      await onNode('sudo mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/; sleep 20');
      const again = rerun(api, id, 'kubernetes.configure', 600);
      await onNode('sleep 30; sudo mv /root/kube-apiserver.yaml /etc/kubernetes/manifests/');
      await again;
      expect(await identity()).toBe(cluster);
    });
  });

  test('OSCAR’s MinIO answers with the generated password, and its manifests stand in the API server', async ({ baseURL }) => {
    const api = new Api(baseURL ?? '', tokenOf('bob'));
    const body = { recipe: 'oscar', name: 'journey oscar', inputs: { worker_count: 1 } };
    await deployOnLab(api, where, body, { control_plane: 'fast.large', workers: 'fast.medium' }, 840, async (id) => {
      const outputs = await api.outputs(id, true);
      const config = mkdtempSync(join(tmpdir(), 'transat-mc-'));
      const mc = async (...args: string[]) =>
        (await run(mcPath, ['--config-dir', config, '--insecure', ...args], { timeout: 60_000 })).stdout;
      await mc('alias', 'set', 'oscar', outputs.minio_endpoint ?? '', outputs.minio_user ?? '', outputs.minio_password ?? '');
      await mc('mb', 'oscar/journey');
      expect(await mc('ls', 'oscar')).toContain('journey/');
      await expect(
        mc('alias', 'set', 'wrong', outputs.minio_endpoint ?? '', outputs.minio_user ?? '', 'not-the-password'),
      ).rejects.toThrow();
      const k = kubectl(outputs.kubeconfig ?? '');
      expect(await k('get', 'deployment,service,serviceaccount', '--namespace', 'oscar', '--output', 'name')).toMatch(
        /deployment\.apps\/oscar/,
      );
    });
  });
});
