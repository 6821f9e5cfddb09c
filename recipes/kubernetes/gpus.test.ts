import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { prepareNode, runNode } from '../testing/kubernetes-node';
import { begun, Machine } from '../testing/machine';

const scripts = join(import.meta.dirname, 'scripts');
const image = 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0@sha256:1';
const version = '1.20.1-1';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.write('sys/bus/pci/devices/0000:00:01.0/vendor', '0x8086\n');
  machine.play('nvidia-smi', '[ ! -e "$R/driver" ] || echo "GPU 0: Tesla T4"');
});
afterEach(() => machine.clear());
const putCard = () => {
  machine.write('sys/bus/pci/devices/0000:00:02.0/vendor', '0x10de\n');
  machine.write('sys/bus/pci/devices/0000:00:02.0/class', '0x030200\n');
};

describe('what lets containers use cards', () => {
  const run = () =>
    machine.run(join(scripts, 'toolkit.sh'), { TOOLKIT_VERSION: version, TRANSAT_FILES: '/files' }, (text) =>
      text.replace('apt_install "$', 'apt-install "$'),
    );
  beforeEach(() => {
    machine.play('apt-install', 'true');
    machine.play('dpkg-query', 'cat "$R/there" 2>/dev/null');
  });

  it('is left out where there is none', () => {
    const { code, calls, printed } = run();
    expect([code, calls], printed).toEqual([0, '']);
    expect(printed).toContain('There is no NVIDIA card');
  });

  it('stops where no driver answers for one, and says what to do', () => {
    putCard();
    const { code, calls, printed } = run();
    expect([code, calls.includes('apt-install')], printed).toEqual([1, false]);
    expect(printed).toContain('Add the add-on GPU driver');
  });

  it.each([
    ['not there', '', true],
    ['older', '1.17.8-1', true],
    ['the same', version, false],
    ['the image’s own, and newer', '1.21.0-1', false],
  ])('comes from the files of the recipe where it is %s', (_, there, installs) => {
    putCard();
    machine.write('driver', '');
    machine.write('there', there);
    const { code, calls, printed } = run();
    expect([code, calls.includes('apt-install')], printed).toEqual([0, installs]);
    if (installs)
      expect(/^apt-install (.*?) *$/m.exec(calls)?.[1]?.split(' ')).toEqual(
        ['libnvidia-container1', 'libnvidia-container-tools', 'nvidia-container-toolkit-base', 'nvidia-container-toolkit'].map(
          (name) => `/files/${name}_${version}_amd64.deb`,
        ),
      );
  });
});

describe('containerd', () => {
  const config = () => machine.read('etc/containerd/config.toml');

  it.each([
    ['1.6.20', 'io.containerd.grpc.v1.cri'],
    ['2.1.4', 'io.containerd.cri.v1.runtime'],
  ])('of version %s knows what puts cards into containers beside runc, where that is asked for and there', (containerd, cri) => {
    prepareNode(machine, containerd);
    const [plain, asked] = [runNode(machine), runNode(machine, { GPUS: 'true' })];
    expect([plain.code, asked.code, config().includes('nvidia')], asked.printed).toEqual([0, 0, false]);
    machine.play('nvidia-container-runtime', 'true');
    expect(begun(runNode(machine, { GPUS: 'true' }))).toContain('containerd');
    expect(config()).toContain(
      `[plugins."${cri}".containerd.runtimes.nvidia]\n  runtime_type = "io.containerd.runc.v2"\n[plugins."${cri}".containerd.runtimes.nvidia.options]\n  BinaryName = "${machine.at('bin/nvidia-container-runtime')}"\n`,
    );
    expect(config()).toContain(`[plugins."${cri}".containerd.runtimes.runc]`);
    expect(config()).not.toContain('default_runtime_name');
    // run again, what runs is left alone; given up, it is as it was
    expect(begun(runNode(machine, { GPUS: 'true' }))).not.toContain('containerd');
    expect([begun(runNode(machine)), config().includes('nvidia')]).toEqual([expect.arrayContaining(['containerd']), false]);
  });
});

describe('a node tells whether it has cards', () => {
  const run = () => machine.run(join(scripts, 'cards.sh'), { GPU_IMAGE: image, NODE_NAME: 'kube-worker-1' });
  beforeEach(() => {
    machine.play('kubectl', 'true');
    machine.play('pull-image', 'true');
  });

  it('as itself, and gets the image where it has some alone', () => {
    const said = (has: string) =>
      `kubectl --kubeconfig ${machine.at('etc/kubernetes/kubelet.conf')} label --overwrite node kube-worker-1 transat.io/gpu=${has}`;
    expect(run().calls.trim()).toBe(said('none'));
    putCard();
    expect(run().calls.trim().split(/ *\n/)).toEqual([`pull-image ${image}`, said('nvidia')]);
  });

  it('again where the cluster does not take it at once', () => {
    machine.play('kubectl', 'echo x >>"$R/tries"; [ "$(wc -l <"$R/tries")" -ge 3 ]');
    expect(run().code).toBe(0);
  });
});

describe('the first control plane', () => {
  const run = (gpus = true) =>
    machine.run(
      join(scripts, 'gpus.sh'),
      { GPUS: String(gpus), GPU_IMAGE: image, CONTROL_PLANE: 'kube-control', WORKERS: 'kube-worker-1,kube-worker-2' },
      (text) => text.replaceAll('SECONDS + 600', 'SECONDS + 1').replaceAll('SECONDS + 300', 'SECONDS + 1'),
    );
  // of each node what it says, and what it offers once the plugin was applied
  beforeEach(() => {
    machine.play(
      'kubectl',
      `case "$*" in
*apply*) cat >"$R/applied" ;;
*labels*) cat "$R/has/$3" ;;
*allocatable*) [ ! -e "$R/applied" ] || cat "$R/offers/$3" ;;
esac`,
    );
    nodes({ 'kube-control': 'none', 'kube-worker-1': 'nvidia', 'kube-worker-2': 'none' });
    machine.write('offers/kube-worker-1', '2');
  });
  const nodes = (has: Record<string, string>) => {
    for (const [name, what] of Object.entries(has)) machine.write(`has/${name}`, what);
  };

  it('offers the cards of nodes that have some, and those alone, by a plugin that may do nothing else', () => {
    const ran = run();
    expect([ran.code, ran.outputs], ran.printed).toEqual([0, 'gpus=2 on 1 nodes\n']);
    const [runtime, plugin] = parseAllDocuments(machine.read('applied')).map((document) => document.toJS());
    expect(runtime).toMatchObject({
      kind: 'RuntimeClass',
      handler: 'nvidia',
      scheduling: { nodeSelector: { 'transat.io/gpu': 'nvidia' } },
    });
    const { spec } = plugin.spec.template;
    expect(spec).toMatchObject({
      runtimeClassName: 'nvidia',
      nodeSelector: { 'transat.io/gpu': 'nvidia' },
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
    });
    expect(spec.containers).toMatchObject([
      { image, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
    ]);
  });

  it('offers what comes later where no node has any yet', () => {
    nodes({ 'kube-worker-1': 'none' });
    const ran = run();
    expect([ran.code, ran.outputs], ran.printed).toEqual([0, 'gpus=none: no node has an NVIDIA card\n']);
    expect(machine.has('applied')).toBe(true);
  });

  it.each<[what: string, change: () => void, says: string, calls: string]>([
    ['a node says nothing', () => machine.write('has/kube-worker-2', ''), 'kube-worker-2 does not say', 'label'],
    ['a node offers none', () => machine.write('offers/kube-worker-1', '0'), 'kube-worker-1 has NVIDIA cards and offers none', 'logs'],
  ])('fails where %s', (_, change, says, calls) => {
    change();
    const ran = run();
    expect([ran.code, ran.outputs], ran.printed).toEqual([1, '']);
    expect(ran.printed).toContain(says);
    expect(ran.calls).toContain(calls);
  });

  it('takes away what offered them, where pods are to have none', () => {
    const ran = run(false);
    expect([ran.code, machine.has('applied')], ran.printed).toEqual([0, false]);
    expect(ran.calls).toContain('delete daemonset/nvidia-device-plugin');
    expect(ran.calls).toContain('delete runtimeclass/nvidia');
  });
});

describe('in a plan', () => {
  const plan = (inputs: Record<string, unknown>, addOns: string[] = []) =>
    planDeployment(planningInput(builtIn.recipe('kubernetes', addOns), { worker_count: 1, ...inputs }));
  const names = (of: ReturnType<typeof plan>, key: string) =>
    (of.nodes.find((node) => node.key === key)?.steps ?? []).map(({ name }) => name.replace('.configure', ''));
  const fetched = (of: ReturnType<typeof plan>) =>
    of.nodes.flatMap(({ steps }) => steps.flatMap(({ downloads }) => downloads.map(({ url }) => url)));

  it('nothing of NVIDIA is fetched unless it is asked for', () => {
    expect(fetched(plan({})).filter((url) => url.includes('nvidia-container'))).toEqual([]);
    expect(fetched(plan({ gpus: true })).filter((url) => url.includes('nvidia-container')).length).toBeGreaterThan(0);
  });

  it('the driver comes before what needs it, and that before containerd is told of it', () => {
    const steps = names(plan({ gpus: true }, ['gpu-driver']), 'workers-1');
    const order = ['gpu_driver_workers', 'worker_toolkit', 'worker_runtime', 'kubernetes_worker', 'worker_cards'];
    expect(steps.filter((name) => order.includes(name))).toEqual(order);
  });
});
