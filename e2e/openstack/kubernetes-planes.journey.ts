import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { apply, kubectl } from '../lib/kubectl';
import { mirrorStands } from '../lib/lab';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes and four machines: `npm run test:openstack -- --full`');

/** A pod on the worker that asks the API for ever at the one address that every node has, with a certificate that must be of the cluster's authority, and says what it was told. */
const asker = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'asker' },
  spec: {
    hostNetwork: true,
    containers: [
      {
        name: 'asker',
        image: 'docker.io/library/busybox:1.36',
        // with a flag more, kubectl would not take itself to be in a pod
        command: ['sh', '-c', 'while :; do echo "$(date -u +%H:%M:%S) $(timeout 10 kubectl get --raw /readyz 2>&1)"; sleep 1; done'],
        env: [
          { name: 'KUBERNETES_SERVICE_HOST', value: '127.0.0.1' },
          { name: 'KUBERNETES_SERVICE_PORT', value: '7443' },
        ],
        volumeMounts: [{ name: 'kubectl', mountPath: '/bin/kubectl' }],
      },
    ],
    volumes: [{ name: 'kubectl', hostPath: { path: '/usr/local/bin/kubectl', type: 'File' } }],
  },
};

/**
 * A pod that looks a name up until it resolves, and says how often it had to. One look-up is no proof: of the servers of names one is on the node that
 * was stopped, and until every node has heard that it is gone, some questions go there.
 */
const namer = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'after' },
  spec: {
    restartPolicy: 'Never',
    activeDeadlineSeconds: 90,
    containers: [
      {
        name: 'after',
        image: 'docker.io/library/busybox:1.36',
        command: ['sh', '-c', 'n=1; until nslookup kubernetes.default.svc.cluster.local; do n=$((n + 1)); sleep 1; done; echo "$n tries"'],
      },
    ],
  },
};

test('a Kubernetes cluster of three control planes goes on at its one address while the first is stopped, and is whole again when that starts', async ({
  baseURL,
}) => {
  test.skip(!(await mirrorStands()), 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  test.setTimeout(2_400_000);
  const { api } = await withKey(baseURL, 'alice', 'control planes');
  const body = { recipe: 'kubernetes', name: 'journey control planes', inputs: { worker_count: 1, control_planes: 3 } };
  const groups = { control_plane: 'fast.medium', control_plane_peers: 'fast.medium', workers: 'fast.medium' };
  await deployOnLab(api, where, body, groups, 1200, async (id) => {
    const k = kubectl((await api.outputs(id, true)).kubeconfig ?? '');
    const by =
      (plane: string) =>
      (...args: string[]) =>
        k('--context', plane, ...args);
    const ready = async (ask: typeof k) =>
      (await ask('get', 'nodes', '--no-headers'))
        .split('\n')
        .filter((line) => /\sReady\s/.test(line))
        .map((line) => line.split(' ')[0])
        .toSorted();
    const all = ['kube-control', 'kube-control-peer-1', 'kube-control-peer-2', 'kube-worker-1'];
    for (const ask of [k, by('control-plane-2'), by('control-plane-3')]) expect(await ready(ask)).toEqual(all);
    await apply(k, asker);
    await expect.poll(() => k('logs', 'asker').catch(String), { timeout: 120_000 }).toContain(' ok');
    const path = '{range .items[*]}{.spec.nodeName}{"\\n"}{end}';
    const servers = await k('-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-dns', '-o', `jsonpath=${path}`);
    expect(new Set(servers.trim().split('\n')).size, servers).toBeGreaterThan(1);

    const power = async (action: 'stop' | 'start') =>
      api.call('POST', `/deployments/${id}/actions`, { action, nodes: [(await api.nodes(id))[0]?.key] });
    await power('stop');
    const second = by('control-plane-2');
    // the node that was stopped is missed, and what is asked for is done all the same: a pod is placed, and names resolve
    await expect.poll(() => ready(second).catch(String), { timeout: 300_000 }).toEqual(all.slice(1));
    await apply(second, namer);
    // with why, where it does not come to that
    const came = () => second('get', 'pod', 'after', '-o', 'jsonpath={.status}');
    await expect.poll(came, { timeout: 240_000 }).toContain('"phase":"Succeeded"');
    test.info().annotations.push({ type: 'names, while the first is stopped', description: await second('logs', 'after', '--tail=1') });
    await second('wait', 'pod/asker', '--for=condition=Ready', '--timeout=5s');
    const heard = (await second('logs', 'asker', '--since=60s')).trim().split('\n');
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.filter((line) => !line.endsWith(' ok'))).toEqual([]);

    await power('start');
    await api.until(id, ['ready'], 600);
    await expect.poll(() => ready(k).catch(String), { timeout: 300_000 }).toEqual(all);
    // its steps run again find what is there, and leave it
    await rerun(api, id, 'kubernetes.configure', 900);
    expect(await ready(k)).toEqual(all);

    // made anew, the first begins no cluster of its own, but takes its place in the one that lives
    const uid = await second('get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}');
    await api.call('POST', `/deployments/${id}/actions`, { action: 'rebuild', nodes: [(await api.nodes(id))[0]?.key] });
    await expect.poll(() => ready(second).catch(String), { timeout: 300_000 }).toEqual(all.slice(1));
    await api.until(id, ['ready'], 900);
    const anew = kubectl((await api.outputs(id, true)).kubeconfig ?? '');
    await expect.poll(() => ready(anew).catch(String), { timeout: 300_000 }).toEqual(all);
    expect(await anew('get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}')).toBe(uid);
    expect((await anew('-n', 'kube-system', 'get', 'pods', '-l', 'component=etcd', '--no-headers')).match(/ 1\/1 /g)).toHaveLength(3);
    expect(await k('logs', 'asker', '--tail=1')).toContain(' ok');
  });
});
