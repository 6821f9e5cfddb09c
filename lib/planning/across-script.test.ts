import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acrossScript } from './across-script';

/** Runs the script on a machine with one firewall, for these addresses one after the other. @returns what the firewall was told each time */
function run(firewall: 'firewall-cmd' | 'ufw', ...times: string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'transat-across-'));
  const log = join(folder, 'log');
  const shown = firewall === 'ufw' ? 'echo "Status: active"' : 'true';
  writeFileSync(join(folder, firewall), `#!/bin/sh\ncase "$*" in status|--state) ${shown} ;; *) echo "$*" >>${log} ;; esac\n`, {
    mode: 0o755,
  });
  const script = join(folder, 'script.sh');
  writeFileSync(script, acrossScript.replaceAll('/etc/transat', join(folder, 'kept')));
  const functions = join(import.meta.dirname, '../nodes/agent/functions.sh');
  return times.map((from) => {
    writeFileSync(log, '');
    const env = { ...process.env, PATH: `${folder}:/usr/bin:/bin`, BASH_ENV: functions, FROM: from, PORTS: '443/tcp\n9000-9010/udp' };
    execFileSync('bash', [script], { env });
    return readFileSync(log, 'utf8').trim().split('\n');
  });
}

test('an address of either family is let in by a rule of its family, and shut out when another takes its place', () => {
  const rule = (what: string, family: string, address: string, port: string) =>
    `--quiet --permanent --${what}-rich-rule=rule family=${family} source address=${address} port ${port} accept`;
  const [tcp, udp] = ['port=443 protocol=tcp', 'port=9000-9010 protocol=udp'];
  expect(run('firewall-cmd', '192.0.2.7', '2001:db8::7')).toEqual([
    [rule('add', 'ipv4', '192.0.2.7/32', tcp), rule('add', 'ipv4', '192.0.2.7/32', udp), '--quiet --reload'],
    [
      rule('remove', 'ipv4', '192.0.2.7/32', tcp),
      rule('remove', 'ipv4', '192.0.2.7/32', udp),
      rule('add', 'ipv6', '2001:db8::7/128', tcp),
      rule('add', 'ipv6', '2001:db8::7/128', udp),
      '--quiet --reload',
    ],
  ]);
  expect(run('ufw', '2001:db8::7')).toEqual([
    ['allow proto tcp from 2001:db8::7 to any port 443', 'allow proto udp from 2001:db8::7 to any port 9000:9010'],
  ]);
});
