import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'scripts/queue.sh'), 'utf8');

let machine: string;
beforeAll(() => {
  machine = mkdtempSync(join(tmpdir(), 'queue-'));
  mkdirSync(join(machine, 'bin'));
  const kubectl = `#!/bin/bash\n[ "$NO_PROXY" = '*' ] || exit 1\nfor what in "$@"; do [ ! -f ${machine}/"$what" ] || cat ${machine}/"$what"; done\n`;
  writeFileSync(join(machine, 'bin/kubectl'), kubectl, { mode: 0o755 });
  execFileSync('bash', ['-c', script.replaceAll('/usr/local/lib/transat', machine)]);
});
afterAll(() => rmSync(machine, { recursive: true }));

interface Cluster {
  nodes?: object[];
  pods?: object[];
  persistentvolumes?: object[];
}

/** What the program that the script puts on a machine prints there, where kubectl shows such a cluster. */
function told({ nodes = [front, nodeOf('w-1')], pods = [], persistentvolumes = [] }: Cluster) {
  for (const [what, items] of Object.entries({ nodes, pods, persistentvolumes }))
    writeFileSync(join(machine, what), JSON.stringify({ items }));
  const env = { NODE_ENV: 'test' as const, PATH: `${machine}/bin:${process.env.PATH}`, HTTPS_PROXY: 'http://proxy.example:3128' };
  return JSON.parse(execFileSync('python3', [join(machine, 'queue.py')], { encoding: 'utf8', env })) as {
    waiting: number;
    wanted: number;
    machines: { name: string; state: string }[];
  };
}

const nodeOf = (name: string, { labels = {}, ready = 'True', spec = {} } = {}) => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec,
  status: {
    allocatable: { cpu: '2', memory: '2000Mi', pods: '110' },
    conditions: [
      { type: 'MemoryPressure', status: 'False' },
      { type: 'Ready', status: ready },
    ],
  },
});
const front = nodeOf('front', { labels: { 'node-role.kubernetes.io/control-plane': '' } });

const container = (cpu: string, memory = '100Mi') => ({ name: 'one', resources: { requests: { cpu, memory } } });
/** A pod on a node. */
const on = (nodeName: string, cpu: string, { owner = 'ReplicaSet', namespace = 'default' } = {}) => ({
  metadata: { name: 'runs', namespace, ownerReferences: [{ kind: owner }] },
  spec: { nodeName, containers: [container(cpu)] },
  status: { phase: 'Running' },
});
const flannel = (nodeName: string) => on(nodeName, '50m', { owner: 'DaemonSet', namespace: 'kube-flannel' });

const full = '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available.';
const tainted = '0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.';
const conflict = '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had volume node affinity conflict.';
const selected = "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector.";
interface Waiting {
  message?: string;
  reason?: string;
  metadata?: object;
  spec?: object;
  status?: object;
}
/** A pod that waits, as the scheduler has it. */
const waits = (cpu: string, { message = full, reason = 'Unschedulable', metadata, spec, status }: Waiting = {}) => ({
  metadata: { name: 'waits', namespace: 'default', ...metadata },
  spec: { containers: [container(cpu)], ...spec },
  status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason, message }], ...status },
});
const gpu = { containers: [{ name: 'one', resources: { requests: { cpu: '1', 'nvidia.com/gpu': '1' } } }] };
const beside = { initContainers: [{ ...container('1'), restartPolicy: 'Always' }] };

it.each<[what: string, waiting: number, wanted: number, pods: object[]]>([
  ['nothing', 0, 0, []],
  ['one that finds no room', 1, 1, [waits('1')]],
  ['one for want of memory', 1, 1, [waits('1', { message: '0/2 nodes are available: 2 Insufficient memory.' })]],
  ['one where a worker has as many as it may', 1, 1, [waits('1', { message: '0/2 nodes are available: 1 Too many pods.' })]],
  ['three of which two share a worker', 3, 2, [waits('900m'), waits('0.9'), waits('900m')]],
  ['large ones and small ones, put together', 4, 2, [waits('500m'), waits('1400m'), waits('500m'), waits('1400m')]],
  ['one as large as what every node has leaves', 1, 1, [waits('1950m')]],
  ['ones that are larger than a worker', 0, 0, [waits('1951m'), waits('200')]],
  ['one that asks for what no worker has', 0, 0, [waits('1', { spec: gpu })]],
  ['one whose first step is the largest', 0, 0, [waits('100m', { spec: { initContainers: [container('3')] } })]],
  ['one beside which another runs all the while', 0, 0, [waits('1', { spec: beside })]],
  ['one of which it is said as a whole', 0, 0, [waits('1', { spec: { resources: { requests: { cpu: '3' } } } })]],
  ['one that waits for a volume elsewhere', 0, 0, [waits('1', { message: conflict })]],
  ['one that asks for a machine by its labels', 0, 0, [waits('1', { message: selected })]],
  ['one that is held', 0, 0, [waits('1', { reason: 'SchedulingGated' })]],
  ['one that nobody has looked at', 0, 0, [waits('1', { status: { conditions: [] } })]],
  ['one that is about to go', 0, 0, [waits('1', { metadata: { deletionTimestamp: '2026-11-29T00:00:00Z' } })]],
  ['one for which others make room', 0, 0, [waits('1', { status: { nominatedNodeName: 'w-1' } })]],
  ['one that every node has', 0, 0, [waits('1', { metadata: { ownerReferences: [{ kind: 'DaemonSet' }] } })]],
  ['one that only taints hold up', 0, 0, [waits('1', { message: tainted })]],
])('where the one worker is full, tells of %s', (_, waiting, wanted, pods) =>
  expect(told({ pods: [flannel('w-1'), on('w-1', '1900m'), ...pods] })).toMatchObject({ waiting, wanted }),
);

it.each<[where: string, waiting: number, wanted: number, cluster: Cluster]>([
  ['no worker takes anything', 1, 1, { nodes: [nodeOf('w-1', { ready: 'Unknown' })], pods: [waits('1', { message: tainted })] }],
  ['there was never one', 2, 1, { nodes: [front], pods: [waits('1', { message: tainted }), waits('9', { message: tainted })] }],
  ['an idle one is about to take it', 1, 1, { pods: [flannel('w-1'), waits('1')] }],
  [
    'the cluster’s own pods on an idle one leave too little: that one is not enough',
    1,
    2,
    { pods: [flannel('w-1'), on('w-1', '100m', { namespace: 'kube-system' }), waits('1900m')] },
  ],
])('tells of a pod that waits where %s', (_, waiting, wanted, cluster) => expect(told(cluster)).toMatchObject({ waiting, wanted }));

it('tells of each worker, and whether anything but what every node has is on it', () => {
  const states = { empty: 'idle', own: 'idle', works: 'busy', begins: 'busy', keeps: 'busy', cordoned: 'away', silent: 'away' };
  const more: Record<string, object> = { cordoned: { spec: { unschedulable: true } }, silent: { ready: 'Unknown' } };
  const pods = [
    on('front', '1'),
    flannel('empty'),
    on('empty', '10m', { owner: 'Node', namespace: 'static' }),
    on('own', '100m', { namespace: 'kube-system' }),
    on('works', '1', { owner: 'Job' }),
    { ...on('begins', '1'), status: { phase: 'Pending' } },
  ];
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['keeps'] }] }];
  const persistentvolumes = [{ spec: { nodeAffinity: { required: { nodeSelectorTerms: terms } } } }, { spec: { csi: {} } }];
  const nodes = [front, ...Object.keys(states).map((name) => nodeOf(name, more[name]))];
  const { machines } = told({ nodes, pods, persistentvolumes });
  expect(Object.fromEntries(machines.map(({ name, state }) => [name, state]))).toEqual(states);
});
