import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { Machine, type Ran } from '../testing/machine';

const script = join(import.meta.dirname, 'scripts/control-plane.sh');
const [first, second, third] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const authorities = ['kubernetes', 'etcd', 'proxy', 'accounts'].map((name) => generateCertificateAuthority(name, new Date()).reveal());
const [kubernetes, etcd, proxy, accounts] = authorities as [
  (typeof authorities)[0],
  (typeof authorities)[0],
  (typeof authorities)[0],
  (typeof authorities)[0],
];

const given = {
  CA_CERT: kubernetes.cert,
  CA_KEY: kubernetes.key,
  CA_HASH: kubernetes.hash,
  ETCD_CERT: etcd.cert,
  ETCD_KEY: etcd.key,
  PROXY_CERT: proxy.cert,
  PROXY_KEY: proxy.key,
  ACCOUNTS_KEY: accounts.key,
  BOOTSTRAP_TOKEN: 'abcdef.0123456789abcdef',
  POD_NETWORK: '10.244.0.0/16',
  SERVICE_NETWORK: '10.96.0.0/16',
  WORKER_COUNT: '2',
  FIRST: first,
  FIRST_PUBLIC: '192.0.2.1',
  PEERS: `${second},${third}`,
  PEERS_PUBLIC: '192.0.2.2,192.0.2.3',
  LOGIN_USER: 'nobody',
};

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.write('etc/transat/proxy.env', '');
  // a machine that is up has its door for logins open; `ready` and `open` say what else is so, `members` who is in etcd
  for (const address of [first, second, third]) machine.write(`open/${address}:22`, '');
  members();
  machine.play(
    'kubeadm',
    `[ "$1 $2" != 'init phase' ] || { cp "$R/etc/transat/kubeadm.yaml" "$R/asked-of-phases"; exit; }
case $1 in
  init|join) cat "$R/etc/transat/kubeadm.yaml" >"$R/given-to-kubeadm"
    [ ! "$(find "$R/etc/kubernetes/pki" -name ca.key | wc -l)" = 0 ]
    mkdir -p "$R/etc/kubernetes/manifests" "$R/var/lib/etcd/member"; echo '    server: https://127.0.0.1:7443' >"$R/etc/kubernetes/admin.conf"
    touch "$R/etc/kubernetes/manifests/kube-apiserver.yaml"; [ ! -e "$R/broken" ] || exit 1; touch "$R/mine" ;;
  reset) rm -rf "$R/etc/kubernetes" "$R/var/lib/etcd/member" ;;
  token) [ "$4" != list ] || cat "$R/tokens" 2>/dev/null ;;
  version) echo v1.36.3 ;;
esac`,
  );
  machine.play(
    'kubectl',
    'case "$*" in *readyz*) [ -e "$R/mine" ] ;; *kubeadm-config*) cat "$R/configuration" 2>/dev/null ;; *config" "set-*) echo "# $*" >>"$KUBECONFIG" ;; esac',
  );
  machine.play(
    'curl',
    `url=\${!#} host=\${url#https://}; host=\${host%%:*}
case $url in */readyz) [ -e "$R/ready/$host" ] ;; */member/list) cat "$R/members" ;; */member/remove) true ;; *) exit 2 ;; esac`,
  );
  machine.play('timeout', '[ -e "$R/open/$5:$6" ]');
  machine.play('getent', 'true');
});
afterEach(() => machine.clear());

function members(...all: { ID: string; name?: string; address: string }[]): void {
  const told = all.map(({ ID, name, address }) => ({ ID, name, peerURLs: [`https://${address}:2380`] }));
  machine.write('members', JSON.stringify({ header: {}, members: told }));
}

/** Runs the step on the control plane with that address. */
function on(address: string, changes: Record<string, string> = {}): Ran {
  const place = [first, second, third].indexOf(address);
  const own = {
    PRIVATE_ADDRESS: address,
    PUBLIC_ADDRESS: `192.0.2.${place + 1}`,
    NODE_NAME: place ? `kube-control-peer-${place}` : 'kube-control',
  };
  // who waits gives up after a second or two, and looks twice; nobody's home is touched
  const changed = (text: string) =>
    text
      .replaceAll(/\b(patience|wait_until)([= ])(?!900)\d+/g, '$1$21')
      .replaceAll('wait_until 900', 'wait_until 2')
      .replace('looks=30', 'looks=2')
      .replaceAll('for home in /root', `for home in ${machine.at('root')}`);
  return machine.run(script, { ...given, ...own, ...changes }, changed);
}
const begun = ({ calls }: Ran) => [...calls.matchAll(/^kubeadm (init|join|reset) (?!phase)/gm)].map(([, word]) => word);
const phases = ({ calls }: Ran) => [...calls.matchAll(/^kubeadm init phase (\S+)/gm)].map(([, phase]) => phase);
const removed = ({ calls }: Ran) => [...calls.matchAll(/"ID": "(\d+)"/g)].map(([, id]) => id);

describe('the first control plane of several', () => {
  it('begins the cluster where nothing of one is anywhere, and gives access by each of their addresses', () => {
    const ran = on(first);
    expect([ran.code, begun(ran)], ran.printed).toEqual([0, ['init']]);
    const asked = machine.read('given-to-kubeadm');
    expect(asked).toContain('controlPlaneEndpoint: 127.0.0.1:7443');
    expect(asked).toContain('certSANs: [kube-control, 10.0.0.1, 192.0.2.1, 10.0.0.2, 10.0.0.3, 192.0.2.2, 192.0.2.3]');
    expect(ran.calls).toMatch(/config set-cluster control-plane-2 --server https:\/\/192\.0\.2\.2:6443/);
    expect(ran.calls).toMatch(/config set-cluster control-plane-3 --server https:\/\/192\.0\.2\.3:6443/);
    expect(ran.outputs).toContain('server: https://192.0.2.1:6443');
  });

  it('is given what all share, for root alone', () => {
    on(first);
    const settings = machine.settings();
    for (const key of ['ca.key', 'etcd/ca.key', 'front-proxy-ca.key', 'sa.key'])
      expect(settings[`etc/kubernetes/pki/${key}`], key).toMatch(/^600 -----BEGIN/);
    const folder = mkdtempSync(join(tmpdir(), 'account-'));
    const whole = execFileSync('openssl', ['pkey', '-pubout'], { input: accounts.key, encoding: 'utf8' });
    expect(machine.read('etc/kubernetes/pki/sa.pub')).toBe(whole);
    rmSync(folder, { recursive: true });
  });

  it('begins none when it is made anew while the cluster lives: it joins, in the place of the member that it was', () => {
    machine.write(`ready/${third}`, '');
    members(
      { ID: '11', name: 'kube-control', address: first },
      { ID: '12', name: 'kube-control-peer-1', address: second },
      { ID: '13', name: 'kube-control-peer-2', address: third },
    );
    const ran = on(first);
    expect([ran.code, begun(ran), removed(ran)], ran.printed).toEqual([0, ['join'], ['11']]);
    expect(parse(machine.read('given-to-kubeadm'))).toMatchObject({
      kind: 'JoinConfiguration',
      controlPlane: { localAPIEndpoint: { advertiseAddress: first, bindPort: 6443 } },
      discovery: { bootstrapToken: { apiServerEndpoint: '127.0.0.1:7443', token: given.BOOTSTRAP_TOKEN, caCertHashes: [kubernetes.hash] } },
      nodeRegistration: { name: 'kube-control', kubeletExtraArgs: [{ name: 'node-ip', value: first }] },
    });
    expect(ran.calls.indexOf('member/remove')).toBeLessThan(ran.calls.indexOf('kubeadm join'));
    expect(ran.calls.indexOf('delete node kube-control ')).toBeLessThan(ran.calls.indexOf('kubeadm join'));
  });

  it.each([
    ['another is off, which may have a cluster', () => rmSync(machine.at(`open/${second}:22`))],
    ['etcd of another is up, but its API does not answer', () => machine.write(`open/${second}:2379`, '')],
    ['another is a node of something', () => machine.write(`open/${third}:10250`, '')],
  ])('begins none where %s', (_, so) => {
    so();
    const ran = on(first);
    expect([ran.code, begun(ran)]).toEqual([1, []]);
    expect(ran.printed).toContain('so none was begun here');
  });

  it('begins none where another lets people log in before its Kubernetes is up', () => {
    machine.play('timeout', 'echo >>"$R/looked"; case $6 in 22) true ;; 10250) [ "$(wc -l <"$R/looked")" -gt 8 ] ;; *) false ;; esac');
    const ran = on(first);
    expect([ran.code, begun(ran)]).toEqual([1, []]);
    expect(machine.read('looked').split('\n').length).toBeGreaterThan(8);
  });

  it('clears nothing of an attempt that broke off where another has something that does not answer: that may lack it', () => {
    machine.write('broken', '');
    expect(on(first).code).toBe(1);
    machine.write(`open/${second}:2379`, '');
    rmSync(machine.at('broken'));
    const ran = on(first);
    expect([ran.code, begun(ran), machine.has('var/lib/etcd/member')]).toEqual([1, [], true]);
    rmSync(machine.at(`open/${second}:2379`));
    expect(begun(on(first))).toEqual(['reset', 'init']);
  });

  it('ends what kubeadm left undone when its API answers only after it had given up', () => {
    machine.write('broken', '');
    expect(on(first).code).toBe(1);
    machine.write('mine', '');
    const ran = on(first);
    expect([ran.code, begun(ran)], ran.printed).toEqual([0, []]);
    expect(phases(ran)).toEqual(['upload-config', 'mark-control-plane', 'bootstrap-token', 'kubelet-finalize', 'addon']);
    expect(ran.calls).toContain('bootstrap-token --skip-token-print');
    expect(machine.read('asked-of-phases')).toContain('certSANs: [kube-control');
    expect(phases(on(first))).toEqual([]);
  });
});

describe('a further control plane', () => {
  it('joins by whichever answers, and never begins a cluster', () => {
    const alone = on(second);
    expect([alone.code, begun(alone)]).toEqual([1, []]);
    expect(alone.printed).toContain('there is no cluster to join');
    machine.write(`ready/${first}`, '');
    const ran = on(second);
    expect([ran.code, begun(ran).at(-1)], ran.printed).toEqual([0, 'join']);
    expect(ran.outputs).not.toContain('kubeconfig');
  });

  it('takes out of etcd what is no control plane any more, and nobody else', () => {
    machine.write(`ready/${first}`, '');
    members(
      { ID: '11', name: 'kube-control', address: first },
      { ID: '14', address: third },
      { ID: '15', name: 'gone', address: '10.0.0.9' },
      { ID: '16', address: second },
    );
    expect(removed(on(second))).toEqual(['15', '16']);
  });

  it('makes the token good again, with a certificate of its own for a day that it does not keep', () => {
    machine.write(`ready/${first}`, '');
    expect(on(third).calls).toMatch(/kubeadm token --kubeconfig \S+ create abcdef\.0123456789abcdef --ttl 24h/);
    expect(Object.keys(machine.settings()).filter((file) => file.includes('kubeadm.yaml'))).toEqual([]);
  });

  it.each([
    ['has certificates name its addresses where the cluster does not know them yet', 'certSANs: [192.0.2.2]', true],
    ['does so where the cluster knows an address that only begins like its own', 'certSANs: [192.0.2.33, 192.0.2.2]', true],
    ['leaves the cluster’s configuration as it is where it knows them', 'certSANs: [192.0.2.3]', false],
  ])('%s', (_, configuration, told) => {
    machine.write(`ready/${first}`, '');
    machine.write('configuration', configuration);
    const { code, calls } = on(third);
    expect(code).toBe(0);
    const [at, join] = ['kubeadm init phase upload-config kubeadm --config', 'kubeadm join'].map((words) => calls.indexOf(words));
    expect([at !== -1, (at ?? 0) < (join ?? 0)]).toEqual([told, true]);
  });

  it('is cleared and joins again where joining broke off, without having etcd asked by what is not whole', () => {
    machine.write(`ready/${first}`, '');
    machine.write('broken', '');
    expect(on(second).code).toBe(1);
    rmSync(machine.at('broken'));
    const ran = on(second);
    expect([ran.code, begun(ran)], ran.printed).toEqual([0, ['reset', 'join']]);
    expect(ran.calls).toContain('--skip-phases remove-etcd-member');
  });

  it('is taken out of etcd before its data go, or of two members the other would be alone and answer nobody', () => {
    machine.write(`ready/${first}`, '');
    machine.write('broken', '');
    on(second);
    rmSync(machine.at('broken'));
    members({ ID: '11', name: 'kube-control', address: first }, { ID: '12', name: 'kube-control-peer-1', address: second });
    const ran = on(second);
    expect([ran.code, begun(ran), removed(ran)], ran.printed).toEqual([0, ['reset', 'join'], ['12']]);
    expect(ran.calls.indexOf('member/remove')).toBeLessThan(ran.calls.indexOf('kubeadm reset'));
    expect(ran.calls.indexOf('kubeadm reset')).toBeLessThan(ran.calls.indexOf('delete node'));
  });

  it('keeps its data where joining broke off and no other answers: its member may be the one that they lack', () => {
    machine.write(`ready/${first}`, '');
    machine.write('broken', '');
    on(second);
    rmSync(machine.at(`ready/${first}`));
    const ran = on(second);
    expect([ran.code, begun(ran), machine.has('var/lib/etcd/member')]).toEqual([1, [], true]);
  });

  it('is marked as one where joining was cut off after its API answered, and nothing else of the cluster is touched', () => {
    machine.write(`ready/${first}`, '');
    machine.write('broken', '');
    on(second);
    machine.write('mine', '');
    const ran = on(second);
    expect([ran.code, begun(ran), phases(ran)], ran.printed).toEqual([0, [], ['mark-control-plane']]);
  });

  it('is left alone once it has joined, whether it answers or not', () => {
    machine.write(`ready/${first}`, '');
    on(second);
    expect(begun(on(second))).toEqual([]);
    rmSync(machine.at('mine'));
    const ran = on(second);
    expect([ran.code, begun(ran)]).toEqual([1, []]);
    expect(ran.printed).toContain('nothing of it was touched');
  });
});

it('one alone asks nobody, and has none of what several share', () => {
  const none = Object.fromEntries(['ETCD_CERT', 'ETCD_KEY', 'PROXY_CERT', 'PROXY_KEY', 'ACCOUNTS_KEY'].map((name) => [name, '']));
  const ran = on(first, { ...none, PEERS: '', PEERS_PUBLIC: '' });
  expect([ran.code, begun(ran)], ran.printed).toEqual([0, ['init']]);
  expect(ran.calls).not.toMatch(/^(curl|timeout) /m);
  const asked = machine.read('given-to-kubeadm');
  expect(asked).toContain('controlPlaneEndpoint: 10.0.0.1:6443');
  expect(asked).toContain('certSANs: [kube-control, 10.0.0.1, 192.0.2.1]');
  expect(machine.has('etc/kubernetes/pki/etcd/ca.key')).toBe(false);
  expect(readFileSync(script, 'utf8')).toContain('set -euo pipefail');
});
