import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineOf } from '@/components/messages/engine';
import { engine } from '@/components/messages/es/engine';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const scripts = join(import.meta.dirname, 'scripts');
const parts = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
const name = '20260101T000000Z';

// A control plane in a folder: a manifest that is there runs, and what is called is written down.
let machine: string;
const at = (path: string) => join(machine, path);
const write = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\necho "${program} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });
const led = (text: string) =>
  text
    .replaceAll(/(?<![\w./])\/(etc|var\/lib|run|usr\/local\/sbin)\//g, `${machine}/$1/`)
    .replace(/^silent\(\).*$/m, `silent() { [ -e ${machine}/etc/kubernetes/manifests.restoring ] && [ ! -e ${machine}/stubborn ]; }`)
    .replaceAll(/\bwait_until \d+/g, 'wait_until 1');
const data = () => (existsSync(at('var/lib/etcd/member/is')) ? readFileSync(at('var/lib/etcd/member/is'), 'utf8') : null);
const running = () => readdirSync(at('etc/kubernetes/manifests')).map((file) => file.replace('.yaml', ''));

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'restore-'));
  for (const folder of ['bin', 'run', 'usr/local/sbin', 'etc/transat', 'var/lib/transat']) mkdirSync(at(folder), { recursive: true });
  for (const part of parts) write(`etc/kubernetes/manifests/${part}.yaml`, part);
  write('var/lib/etcd/member/is', 'now');
  write(`var/lib/transat/etcd-snapshots/${name}.db`, 'then');
  play('id', 'echo 0');
  play('sleep', '/bin/sleep 0.1');
  play(
    'transat-etcd-snapshot',
    'case $1 in check) [ -e "$R/var/lib/transat/etcd-snapshots/$2.db" ] || { echo "The snapshot $2 is not here." >&2; exit 1; } ;; take) [ ! -e "$R/silent" ] && echo 20260202T000000Z ;; list) echo 20260101T000000Z ;; esac',
  );
  play(
    'ctr',
    '[ ! -e "$R/broken" ] || exit 1; mkdir -p "$R/var/lib/transat/etcd-restore/unpacked/member"; cat "$R/var/lib/transat/etcd-restore/snapshot.db" >"$R/var/lib/transat/etcd-restore/unpacked/member/is"',
  );
  play('kubectl', '[ ! -e "$R/deaf" ] && [ "$(ls "$R/etc/kubernetes/manifests" | wc -l)" = 4 ]');
});
afterEach(() => rmSync(machine, { recursive: true }));

function run(text: string, given: Record<string, string>, args: string[] = []) {
  writeFileSync(at('calls'), '');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text, 'bash', ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { NODE_ENV: 'test', HOME: machine, PATH: `${at('bin')}:${at('usr/local/sbin')}:${process.env.PATH}`, ...given },
  });
  return { code: status, printed: stdout + stderr, calls: readFileSync(at('calls'), 'utf8') };
}
/** The step, as the recipe runs it; what it installs is led into the folder as it is itself. */
function step(restore: string, peers = '') {
  const text = led(readFileSync(join(scripts, 'restore.sh'), 'utf8'));
  const given = {
    RESTORE: restore,
    PEERS: peers,
    ETCD_IMAGE: 'registry.k8s.io/etcd:3.6.8-0@sha256:2',
    NODE_NAME: 'kube-control',
    PRIVATE_ADDRESS: '10.0.0.1',
  };
  return run(`. ${functions}; ${text}`, given);
}
const program = (...args: string[]) => run(readFileSync(at('usr/local/sbin/transat-etcd-restore'), 'utf8'), {}, args);

describe('the step', () => {
  it('touches nothing where no snapshot is asked for', () => {
    expect(step('')).toMatchObject({ code: 0, calls: '' });
    expect([data(), running()]).toEqual(['now', parts]);
  });

  it('goes back once for each name: what came since is not taken away when it is run again', () => {
    const { code, printed, calls } = step(name);
    expect(printed).toContain('What is now is kept as 20260202T000000Z');
    expect([code, data(), running()]).toEqual([0, 'then', parts]);
    expect(calls).toContain('registry.k8s.io/etcd:3.6.8-0');
    expect(calls).toMatch(/--name kube-control .*kube-control=https:\/\/10\.0\.0\.1:2380 .*--bump-revision \d{10} --mark-compacted/);
    write('var/lib/etcd/member/is', 'later');
    expect(step(name)).toMatchObject({ code: 0, calls: '' });
    expect(data()).toBe('later');
    expect(readFileSync(at('var/lib/transat/etcd-restore/before/is'), 'utf8')).toBe('now');
  });

  it.each(['20270101T000000Z', '../../../etc/passwd', '$(touch x)', 'a "b"\nc'])(
    'refuses %j, says which there are, and touches nothing',
    (asked) => {
      const { code, printed } = step(asked);
      expect([code, data(), running()]).toEqual([1, 'now', parts]);
      expect(printed).toContain(`Those that are here: ${name}`);
      expect(existsSync(at('x'))).toBe(false);
    },
  );

  it('brings back no control plane of several, whose state would part from that of the others', () => {
    expect(step('', '10.0.0.2,10.0.0.3').code).toBe(0);
    const { code, printed } = step(name, '10.0.0.2,10.0.0.3');
    expect([code, data(), running()]).toEqual([1, 'now', parts]);
    expect(printed).toContain('several control planes (10.0.0.1,10.0.0.2,10.0.0.3)');
    expect(program(name)).toMatchObject({ code: 1 });
    expect([data(), running()]).toEqual(['now', parts]);
  });

  it('asks again where it failed', () => {
    write('broken', '');
    expect(step(name).code).toBe(1);
    rmSync(at('broken'));
    expect([step(name).code, data()]).toEqual([0, 'then']);
  });
});

describe('the program', () => {
  beforeEach(() => void step(''));

  it('stops nothing where the snapshot can not be unpacked', () => {
    write('broken', '');
    expect(program(name)).toMatchObject({ code: 1 });
    expect([data(), running(), existsSync(at('etc/kubernetes/manifests.restoring'))]).toEqual(['now', parts, false]);
  });

  it('goes on where etcd does not answer any more: that is what snapshots are for', () => {
    write('silent', '');
    expect([program(name).code, data()]).toEqual([0, 'then']);
  });

  it('starts all again with the data of before where something does not stop', () => {
    write('stubborn', '');
    const { code, printed } = program(name);
    expect([code, data(), running()]).toEqual([1, 'now', parts]);
    expect(printed).toContain('does not stop');
  });

  it('says where the data of before are when nothing answers afterwards', () => {
    write('deaf', '');
    const { code, printed } = program(name);
    expect([code, data(), running()]).toEqual([1, 'then', parts]);
    expect(printed).toContain('The data of before are in');
  });

  it.each([
    ['before the data were moved', 'var/lib/etcd/member/is'],
    ['after the data were moved out', 'var/lib/transat/etcd-restore/before/is'],
  ])('ends what was cut off %s, then does what it is asked', (_, where) => {
    rmSync(at('var/lib/etcd'), { recursive: true });
    mkdirSync(at('var/lib/etcd'));
    write(where, 'now');
    if (where.includes('before')) write('var/lib/transat/etcd-restore/unpacked/member/is', 'half');
    for (const part of parts) {
      rmSync(at(`etc/kubernetes/manifests/${part}.yaml`));
      write(`etc/kubernetes/manifests.restoring/${part}.yaml`, part);
    }
    const { code, printed } = program(name);
    expect(printed).toContain('cut off');
    expect([code, data(), running()]).toEqual([0, 'then', parts]);
  });

  it('asks for a name', () => expect(program().printed).toContain('usage'));
});

describe('in the plan a snapshot', () => {
  const problemsWith = (planes: number) =>
    planDeployment(planningInput(builtIn.recipe('kubernetes'), { control_planes: planes, restore_snapshot: name })).problems;

  it('is taken with one control plane', () => expect(problemsWith(1)).toEqual([]));

  it('is refused with three, at its field and for a reason, in either language', () => {
    const [problem, ...others] = problemsWith(3);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'invalid-input',
      severity: 'error',
      field: 'inputs.restore_snapshot',
      detail:
        'Go back to the snapshot: It can’t be used while "Control planes" is 3. Brought back on one control plane alone, the cluster\'s state would part from that of the others.',
    });
    expect(engineOf({ ...engine, recipes: builtIn.texts('es') })(problem?.detail ?? '')).toBe(
      'Volver a la copia: No se puede usar mientras «Planos de control» sea 3. Devuelto en un solo plano de control, el estado del clúster se separaría del de los demás.',
    );
  });
});
