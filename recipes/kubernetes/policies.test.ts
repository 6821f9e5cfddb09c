import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareNode, runNode } from '../testing/kubernetes-node';
import { Machine } from '../testing/machine';

const image = 'registry.k8s.io/networking/kube-network-policies:v0.8.0';
const scripts = join(import.meta.dirname, 'scripts');

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.clear());

describe('the first control plane', () => {
  const run = (wanted: boolean) =>
    machine.run(join(scripts, 'policies.sh'), { NETWORK_POLICIES: String(wanted), POLICIES_IMAGE: `${image}@sha256:1` });
  beforeEach(() => machine.play('kubectl', '[[ $* != *apply* ]] || cat >"$R/applied"'));

  it('has every node enforce them, whatever its taints, and nobody new let in while nothing judges', () => {
    expect(run(true).code).toBe(0);
    const applied = machine.read('applied');
    expect(applied).toContain(`image: ${image}@sha256:1\n`);
    expect(applied).toContain('--hostname-override=$(NODE)');
    expect(applied).toContain('--fail-open=false');
    expect(applied).toContain('tolerations: [{operator: Exists}]');
  });

  it('takes away what enforces them, and applies nothing, where they are not asked for', () => {
    const { code, calls } = run(false);
    expect(code).toBe(0);
    expect(calls).toContain('delete daemonset/kube-network-policies');
    expect(machine.has('applied')).toBe(false);
  });
});

describe('a node', () => {
  const run = (wanted: boolean) => runNode(machine, { NETWORK_POLICIES: String(wanted) });
  beforeEach(() => {
    prepareNode(machine);
    machine.play(
      'nft',
      'case $1 in table*) [ ! -e "$R/unable" ] ;; list) [ -e "$R/table" ] ;; delete) [ "$4" = transat_try ] || rm -f "$R/table" ;; esac',
    );
    machine.play('sleep', 'rm -f "$R/proc/7/comm"');
  });

  it('has the image of what enforces them only where they are enforced', () => {
    const [off, on] = [run(false), run(true)];
    expect([off.code, on.code], off.printed + on.printed).toEqual([0, 0]);
    expect([off.calls.includes(image), on.calls.includes(`pull-image ${image}@sha256:1`)]).toEqual([false, true]);
  });

  it('says so where its kernel can not, instead of taking policies that nobody keeps, and needs nothing of the kind without them', () => {
    machine.write('unable', '');
    const [on, off] = [run(true), run(false)];
    expect([on.code, off.code]).toEqual([1, 0]);
    expect(on.printed).toContain('kernel has no nft_queue');
  });

  it('leaves nothing behind of the trial whether its kernel can', () => {
    expect(run(true).calls).toContain('nft delete table inet transat_try');
  });

  it('has what enforces them taken away before it waits for that, where it is a control plane: the step for it comes later', () => {
    machine.write('table', '');
    machine.write('proc/7/comm', 'netpol\n');
    machine.write('etc/kubernetes/admin.conf', '');
    machine.play('kubectl', 'exit 1');
    const { code, calls } = run(false);
    const [asked, waited] = ['delete daemonset/kube-network-policies', 'sleep'].map((words) => calls.indexOf(words));
    expect([code, asked !== -1, (asked ?? 0) < (waited ?? 0)]).toEqual([0, true, true]);
    expect(run(true).calls).not.toContain('delete daemonset');
  });

  it('takes the rules away that are left, once nothing judges any more, and only then', () => {
    machine.write('table', '');
    machine.write('proc/7/comm', 'netpol\n');
    expect(run(true).code).toBe(0);
    expect(machine.has('table')).toBe(true);
    const { code, calls, printed } = run(false);
    expect(code, printed).toBe(0);
    expect(calls.indexOf('sleep')).toBeLessThan(calls.indexOf('nft delete table inet kube-network-policies'));
    expect([machine.has('table'), machine.has('proc/7/comm')]).toEqual([false, false]);
  });
});
