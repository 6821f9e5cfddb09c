import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scriptText } from './testing/script';

const scripts = join(import.meta.dirname, 'kubernetes/scripts');
const functions = join(import.meta.dirname, '../lib/nodes/agent/functions.sh');

// A machine in a folder: the scripts' absolute paths lead there, and what they call is told of and plays the part that a test gives it.
let machine: string;
const at = (path: string) => join(machine, path);
const touch = (path: string) => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), '');
};
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\n${body}\n`, { mode: 0o755 });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  for (const folder of ['bin', 'etc/transat', 'etc/kubernetes', 'var/lib', 'home']) mkdirSync(at(folder), { recursive: true });
  touch('etc/transat/proxy.env');
  play(
    'kubeadm',
    `echo "$*" >>"$R/calls"
case $1 in
  init) mkdir -p "$R/etc/kubernetes/manifests" "$R/var/lib/etcd/member"; touch "$R/etc/kubernetes/"{manifests/kube-apiserver.yaml,admin.conf}
    [ -e "$R/broken" ] && exit 1; touch "$R/answers" ;;
  join) touch "$R/etc/kubernetes/kubelet.conf"; [ ! -e "$R/broken" ] ;;
  reset) rm -rf "$R/etc/kubernetes/manifests" "$R/var/lib/etcd/member" "$R/etc/kubernetes/kubelet.conf" ;;
  version) echo v1.36.3 ;;
esac`,
  );
  play('kubectl', '[[ $* != *readyz* ]] || [ -e "$R/answers" ]');
  play('curl', '[ -e "$R/answers" ]');
  play('sleep', 'true');
  for (const program of ['systemctl', 'journalctl', 'getent']) play(program, 'true');
});
afterEach(() => rmSync(machine, { recursive: true }));

const given = {
  CA_CERT: 'c',
  CA_KEY: 'k',
  CA_HASH: 'sha256:0',
  BOOTSTRAP_TOKEN: 'abcdef.0123456789abcdef',
  WORKER_COUNT: '2',
  POD_NETWORK: '10.244.0.0/16',
  SERVICE_NETWORK: '10.96.0.0/16',
  PRIVATE_ADDRESS: '10.0.0.1',
  PUBLIC_ADDRESS: '',
  CONTROL_PLANE: '10.0.0.1',
  FIRST: '10.0.0.1',
  FIRST_PUBLIC: '',
  PEERS: '',
  PEERS_PUBLIC: '',
  NODE_NAME: 'n',
  LOGIN_USER: 'nobody',
};

function run(script: 'control-plane' | 'worker'): { code: number | null; printed: string; calls: string[] } {
  rmSync(at('calls'), { force: true });
  const text = scriptText(join(scripts, `${script}.sh`))
    .replaceAll(/(?<![\w./$}])\/(etc|var|root)(?=[/ ])/g, `${machine}/$1`)
    // time is short: what waits for an answer gives up after two seconds
    .replaceAll(/\b(patience|wait_until)([= ])\d+/g, '$1$22');
  const images = ['flannel', 'flannel-cni-plugin', 'busybox', 'local-path-provisioner'].map((name) => `r/${name}:1`).join('\n');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `. ${functions}; wait_for() { true; }; ${text}`], {
    encoding: 'utf8',
    env: {
      NODE_ENV: 'test',
      PATH: `${at('bin')}:${process.env.PATH}`,
      TRANSAT_OUTPUTS: at('outputs'),
      ...given,
      NODE_IMAGES: images,
    },
  });
  const calls = existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').split('\n') : [];
  return {
    code: status,
    printed: stdout + stderr,
    calls: calls.flatMap((line) => /^(?:init(?! phase)|reset|join)\b/.exec(line)?.[0] ?? []),
  };
}

describe.each([
  ['control-plane', 'init'],
  ['worker', 'join'],
] as const)('the script %s, run again', (script, begin) => {
  it('leaves alone what works', () => {
    expect(run(script)).toMatchObject({ code: 0, calls: [begin] });
    touch('answers');
    expect(run(script)).toMatchObject({ code: 0, calls: [] });
  });

  it('clears away an attempt that broke off, as often as it takes', () => {
    touch('broken');
    expect(run(script).code).toBe(1);
    expect(run(script).calls).toContain('reset');
    rmSync(at('broken'));
    const { code, calls } = run(script);
    expect(code).toBe(0);
    expect(calls.at(-1)).toBe(begin);
  });

  it('clears nothing away that once was ready, though it does not answer now', () => {
    run(script);
    rmSync(at('answers'), { force: true });
    const { code, calls, printed } = run(script);
    expect(calls).toEqual([]);
    expect(code).toBe(1);
    expect(printed).toMatch(/before, so nothing of it was touched/);
  });
});

it('a control plane without its manifest is still a cluster: its data are there', () => {
  run('control-plane');
  rmSync(at('answers'));
  rmSync(at('etc/kubernetes/manifests'), { recursive: true });
  expect(run('control-plane')).toMatchObject({ code: 1, calls: [] });
});

it('a control plane that came up when its script was cut short is a cluster', () => {
  run('control-plane');
  touch('etc/transat/kubernetes-starting');
  expect(run('control-plane')).toMatchObject({ code: 0, calls: [] });
  expect(existsSync(at('etc/transat/kubernetes-starting'))).toBe(false);
});
