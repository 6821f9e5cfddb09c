import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Step } from '@/lib/nodes/protocol';
import { expand } from './expand';
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
    ['"$<A%%.*>"', '…'],
    ['$UNSET', '…'],
    ['a\\ b', 'a b'],
    ['"costs 5$"', 'costs 5$'],
  ])('%s becomes %s (angles stand for braces)', (word, text) => {
    expect(expand(word.replace('<', '{').replace('>', '}'), { A: '1', B: '2' })).toBe(text);
  });
});

describe('what a script would print', () => {
  it('is what it logs and echoes, installs, waits for and enables, with its variables filled in', () => {
    const script = `set -euo pipefail
# a comment with log "no"
port=6817
log "Setting up $NODE_NAME on port $port."
apt_install slurmctld munge
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
      version: '1.0.0',
    });
    expect(parse(outputs.kubeconfig ?? '')).toMatchObject({
      kind: 'Config',
      clusters: [{ cluster: { server: 'https://203.0.113.9:6443' } }],
    });
  });
});
