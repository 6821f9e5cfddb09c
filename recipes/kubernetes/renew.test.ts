import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'scripts/renew.sh'), 'utf8');
const program = /<<'PROGRAM'\n(.*?)\nPROGRAM\n/s.exec(script)?.[1] ?? '';
const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const parts = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
const certificates = [
  'apiserver',
  'apiserver-kubelet-client',
  'front-proxy-client',
  'apiserver-etcd-client',
  'etcd/server',
  'etcd/peer',
  'etcd/healthcheck-client',
];

// A control plane in a folder: what is called is written down.
let machine: string;
const made: Record<'long' | 'soon', string> = { long: '', soon: '' };
const at = (path: string) => join(machine, path);
const write = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
const config = (certificate: string) => `users:\n- user:\n    client-certificate-data: ${Buffer.from(certificate).toString('base64')}\n`;
const play = (name: string, body: string) =>
  writeFileSync(at(`bin/${name}`), `#!/bin/bash\nR=${machine}\necho "${name} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  for (const [which, days] of [
    ['long', '365'],
    ['soon', '29'],
  ] as const) {
    const ask = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=x', '-days', days];
    execFileSync('openssl', [...ask, '-keyout', join(folder, 'key'), '-out', join(folder, which)], { stdio: 'ignore' });
    made[which] = readFileSync(join(folder, which), 'utf8');
  }
  rmSync(folder, { recursive: true });
});
afterAll(() => expect(made.soon).not.toBe(made.long));
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'renew-'));
  for (const folder of ['bin', 'etc/transat', 'home/.kube']) mkdirSync(at(folder), { recursive: true });
  for (const part of parts) write(`etc/kubernetes/manifests/${part}.yaml`, part);
  for (const name of certificates) write(`etc/kubernetes/pki/${name}.crt`, made.long);
  for (const name of ['admin', 'controller-manager', 'scheduler']) write(`etc/kubernetes/${name}.conf`, config(made.long));
  write('etc/transat/kubernetes-kubeconfigs', `${at('home/.kube/config')}\n${at('gone/.kube/config')}\n`);
  write('etc/transat/kubernetes-renewal', '10.0.0.1 30\n');
  write('long', made.long);
  write('admin', config(`${made.long}new`));
  play(
    'kubeadm',
    `for file in ${certificates.join(' ')}; do cp "$R/long" "$R/etc/kubernetes/pki/$file.crt"; done; cp "$R/admin" "$R/etc/kubernetes/admin.conf"`,
  );
  play('sleep', '[ ! -e "$R/cut" ] || kill -9 $PPID; ls "$R/etc/kubernetes/manifests" | paste -sd " " >>"$R/calls"');
  play('kubectl', 'true');
});
afterEach(() => rmSync(machine, { recursive: true }));

function run(): { code: number | null; printed: string; calls: string[] } {
  writeFileSync(at('calls'), '');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', program.replaceAll(/(?<![\w./])\/etc\//g, `${machine}/etc/`)], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { NODE_ENV: 'test', HOME: machine, PATH: `${at('bin')}:${process.env.PATH}` },
  });
  return { code: status, printed: stdout + stderr, calls: readFileSync(at('calls'), 'utf8').split('\n').filter(Boolean) };
}
const running = () => readdirSync(at('etc/kubernetes/manifests')).map((file) => file.replace('.yaml', ''));

it('does nothing while all last for more than a month, nor in the middle of a restore', () => {
  expect(run()).toMatchObject({ code: 0, printed: '', calls: [] });
  mkdirSync(at('etc/kubernetes/manifests.restoring'));
  write('etc/kubernetes/pki/apiserver.crt', made.soon);
  expect(run()).toMatchObject({ code: 0, calls: [] });
});

it.each(['pki/apiserver.crt', 'pki/etcd/healthcheck-client.crt', 'admin.conf'])('renews all when %s ends within a month', (name) => {
  write(`etc/kubernetes/${name}`, name.endsWith('.conf') ? config(made.soon) : made.soon);
  const { code, printed, calls } = run();
  expect([code, calls[0], running()]).toEqual([0, 'kubeadm certs renew all', parts]);
  expect(printed).toContain(`${name}\n`);
});

it('waits some days longer where another control plane comes first', () => {
  write('etc/transat/kubernetes-renewal', '10.0.0.2 23\n');
  write('etc/kubernetes/pki/apiserver.crt', made.soon);
  expect(run()).toMatchObject({ code: 0, printed: '', calls: [] });
});

it('is content with its own API server alone, whichever others answer', () => {
  write('etc/kubernetes/pki/apiserver.crt', made.soon);
  play('kubectl', '[[ $* != *--server* ]]');
  expect(run().code).toBe(1);
  play('kubectl', '[[ $* == *"--server https://10.0.0.1:6443"* ]]');
  expect(run().code).toBe(0);
});

it.each([
  ['10.0.0.1', '', '10.0.0.1 30'],
  ['10.0.0.1', '10.0.0.2,10.0.0.3', '10.0.0.1 30'],
  ['10.0.0.3', '10.0.0.2,10.0.0.3', '10.0.0.3 16'],
])('has the machine %s, beside further ones (%s), renew at a time of its own', (mine, peers, said) => {
  const given = { PRIVATE_ADDRESS: mine, FIRST: '10.0.0.1', PEERS: peers, LOGIN_USER: 'nobody', TRANSAT_OUTPUTS: at('outputs') };
  for (const name of ['systemctl', 'getent']) play(name, 'true');
  for (const folder of ['usr/local/sbin', 'etc/systemd/system']) mkdirSync(at(folder), { recursive: true });
  const text = script.replaceAll(/(?<![\w./])\/(etc|usr\/local)\//g, `${machine}/$1/`);
  spawnSync('bash', ['-c', `. ${functions}; ${text}`], { env: { NODE_ENV: 'test', PATH: `${at('bin')}:${process.env.PATH}`, ...given } });
  expect(readFileSync(at('etc/transat/kubernetes-renewal'), 'utf8').trim()).toBe(said);
  expect(readFileSync(at('etc/systemd/system/transat-kubernetes-renew.timer'), 'utf8')).toMatch(/^OnBootSec=/m);
});

it('lets the parts start anew one after the other, and gives people on the machine the new access', () => {
  write('etc/kubernetes/pki/etcd/server.crt', made.soon);
  const { calls } = run();
  const gone = calls.filter((line) => line.endsWith('.yaml')).map((line) => parts.filter((part) => !line.includes(`${part}.yaml`)));
  expect(gone).toEqual(parts.map((part) => [part]));
  expect(readFileSync(at('home/.kube/config'), 'utf8')).toBe(config(`${made.long}new`));
  expect(statSync(at('home/.kube/config')).mode & 0o777).toBe(0o600);
  expect([existsSync(at('gone')), existsSync(at('etc/kubernetes/transat-renewed'))]).toEqual([false, false]);
  expect(run().calls).toEqual([]);
});

it('has what was renewed taken up, though it was cut off before anything started anew', () => {
  write('etc/kubernetes/pki/apiserver.crt', made.soon);
  play('kubeadm', `for file in ${certificates.join(' ')}; do cp "$R/long" "$R/etc/kubernetes/pki/$file.crt"; done; kill -9 $PPID`);
  expect(run().code).not.toBe(0);
  play('kubeadm', 'true');
  expect(run().printed).toContain('runs with the new certificates');
});

it('goes on where it was cut off, with nothing left standing aside', () => {
  write('etc/kubernetes/pki/apiserver.crt', made.soon);
  write('cut', '');
  expect(run().code).not.toBe(0);
  expect(running()).toEqual(parts.slice(1));
  rmSync(at('cut'));
  const { code, calls } = run();
  expect([code, running(), calls.includes('kubeadm certs renew all')]).toEqual([0, parts, false]);
});
