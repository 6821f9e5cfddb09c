import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Step } from '@/lib/nodes/protocol';
import { expand, UNKNOWN } from './expand';
import { tell } from './script';

const step = (script: string, env: Record<string, string> = {}, secretEnv: string[] = []): Step => ({
  name: 's',
  title: 'S',
  script,
  env,
  secretEnv,
  downloads: [],
  timeoutSeconds: 60,
  attempts: 1,
});

describe('a word of shell', () => {
  it.each([
    ['"$A/$<B>"', '1/2'],
    ["'$A'", '$A'],
    ['$<C:-none>', 'none'],
    ['$<A:-none>', '1'],
    ['"at $(hostname -f) now"', 'at … now'],
    ['"$(cat "$(echo x)")"', '…'],
    ['"$<FILE%%.*> $<FILE##*/> $<#LIST[@]>"', 'a/b b.tar.gz 2'],
    ['"$<A^^>"', '…'],
    [`"$(sed "s/'/x/" f) $A"`, '… 1'],
    ['$UNSET', '…'],
    ['a\\ b', 'a b'],
    ['"costs 5$"', 'costs 5$'],
  ])('%s becomes %s (angles stand for braces)', (word, text) => {
    const names = { A: '1', B: '2', FILE: 'a/b.tar.gz', '#LIST[@]': '2' };
    expect(expand(word.replaceAll('<', '{').replaceAll('>', '}'), names).replaceAll(UNKNOWN, '…')).toBe(text);
  });
});

describe('what a script would print', () => {
  it('is what it logs and echoes, installs, waits for and enables, with its variables filled in', () => {
    const script = `set -euo pipefail
# a comment with log "no"
port=6817
log "Setting up $NODE_NAME on port $port."
apt_install --no-upgrade slurmctld munge
cat > /etc/slurm.conf <<EOF
log "not this: it stands in a file"
EOF
systemctl enable --now slurmctld
wait_for "$PEER" 6819 30
echo "done" > /tmp/flag
echo "Ready."`;
    expect(tell(step(script, { NODE_NAME: 'ctl', PEER: 'db' })).lines).toEqual([
      'Setting up ctl on port 6817.',
      'Installing slurmctld munge.',
      'Setting up slurmctld ...',
      'Setting up munge ...',
      'Created symlink /etc/systemd/system/multi-user.target.wants/slurmctld.service → /lib/systemd/system/slurmctld.service.',
      'Waiting for db, port 6819.',
      'db answers on port 6819 after 1 s.',
      'Ready.',
    ]);
  });

  it('leaves out what is only said when something goes wrong', () => {
    const script = `systemctl is-active slurmctld || { log "It did not start."; exit 1; }
if ! ok; then
  log "No key was given."
  exit 1
fi
echo "bad" >&2`;
    expect(tell(step(script)).lines).toEqual([]);
  });

  it('follows what a fresh machine decides: tests of known values, files that are not there, checks that pass', () => {
    const script = `if [ "$ACCOUNTING" = true ]; then log "with accounts"; else log "without accounts"; fi
if [ -e /etc/done ]; then
  log "already done"
  exit 0
elif ! command -v slurmd >/dev/null; then log "no slurmd"; fi
case "$KIND" in nfs|nfs4) log "over NFS" ;; *) log "local" ;; esac
names=(one two)
for name in "\${names[@]}"; do [ -n "$name" ] && log "node $name"; done
for try in 1 2 3; do
  if join_cluster; then log "joined"; break; fi
  log "try $try failed"
done
greet() { local who=$1; log "hello $who"; }
greet "$KIND"
while ! answers; do log "still waiting"; done
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || { log "forwarding is off"; exit 1; }
log "end"`;
    expect(tell(step(script, { ACCOUNTING: 'false', KIND: 'nfs' })).lines).toEqual([
      'without accounts',
      'over NFS',
      'node one',
      'node two',
      'joined',
      'hello nfs',
      'end',
    ]);
  });

  it('knows a function whose body is a group, and one that runs apart', () => {
    const script = 'a() { log "group $1"; }\nb() (\n  set -e\n  for each; do echo; done\n  log "apart $1"\n)\na 1\nb 2\nlog end';
    expect(tell(step(script)).lines).toEqual(['group 1', 'apart 2', 'end']);
  });

  it('knows where a volume is mounted, and how many CPUs there are', () => {
    const script = 'for path in /mnt/a /mnt/b; do if mountpoint -q "$path"; then log "$path of $(nproc)"; fi; done';
    expect(tell(step(script), { answers: { nproc: '4' }, mounts: ['/mnt/b'] }).lines).toEqual(['/mnt/b of 4']);
  });

  it('never holds a secret', () => {
    const script = 'log "The key is $KEY"\nlog "again $copy"\ncopy="$KEY"\nlog "$copy"';
    expect(tell(step(script, { KEY: 'hunter2' }, ['KEY'])).lines.join('\n')).not.toContain('hunter2');
  });

  it('takes a time that grows with the script, within bounds', () => {
    expect(tell(step('true')).seconds).toBeLessThan(2);
    expect(tell(step('log "x"\n'.repeat(500))).seconds).toBe(6);
  });
});

describe('what a script hands back', () => {
  it('is resolved where it can be, and has the right form where not', () => {
    const script = `url="http://$PUBLIC_ADDRESS:8000"
output url "$url"
output password "$PASSWORD"
output kubeconfig "$(sed "s/127.0.0.1/$PUBLIC_ADDRESS/" /etc/kubernetes/admin.conf)"
output token "$(openssl rand -hex 16)"
echo "version=$(slurmctld -V)" >> "$TRANSAT_OUTPUTS"`;
    const { outputs } = tell(step(script, { PUBLIC_ADDRESS: '203.0.113.9', PASSWORD: 's3cret' }, ['PASSWORD']));
    expect(outputs).toMatchObject({
      url: 'http://203.0.113.9:8000',
      password: 's3cret',
      token: expect.stringMatching(/^[0-9a-f]{32}$/),
      version: 'sandbox',
    });
    expect(parse(outputs.kubeconfig ?? '')).toMatchObject({
      kind: 'Config',
      clusters: [{ cluster: { server: 'https://203.0.113.9:6443' } }],
    });
  });
});

it('the script that runs playbooks hands back what its tasks said, and that it is done, so that other nodes go on', () => {
  const script = readFileSync(resolve('recipes/shared/run-playbook.sh'), 'utf8');
  const env = {
    PLAYBOOK_NAME: 'front.configure',
    PLAYBOOK: '',
    VARIABLES: '{}',
    INVENTORY: '{}',
    TASK_OUTPUT_NAMES: 'a_said b_said',
    DONE_OUTPUT: 'done_front',
  };
  const { outputs, lines } = tell(step(script, env));
  expect(outputs.done_front).toBe('yes');
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(['a_said', 'b_said']));
  expect(lines.join('\n')).toContain('Running the playbook front.configure.');
});
