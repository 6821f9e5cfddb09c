import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acrossScript } from './across-script';

/** Runs the script on a machine with one firewall, for these addresses one after the other; `!`: the firewall fails at its end. @returns what it was told each time */
function run(firewall: 'firewall-cmd' | 'ufw', ...times: string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'transat-across-'));
  const log = join(folder, 'log');
  const shown = firewall === 'ufw' ? 'echo "Status: active"' : 'true';
  const told = `echo "$*" >>${log}; case "$*" in *--reload) test -z "$BROKEN" ;; esac`;
  writeFileSync(join(folder, firewall), `#!/bin/sh\ncase "$*" in status|--state) ${shown} ;; *) ${told} ;; esac\n`, { mode: 0o755 });
  const script = join(folder, 'script.sh');
  writeFileSync(script, acrossScript.replaceAll('/etc/transat', join(folder, 'kept')));
  const functions = join(import.meta.dirname, '../../nodes/agent/functions.sh');
  return times.map((from) => {
    writeFileSync(log, '');
    const broken = from.startsWith('!');
    const given = { FROM: from.replace('!', ''), PORTS: '443/tcp\n9000-9010/udp', BROKEN: broken ? '1' : '' };
    const env = { ...process.env, PATH: `${folder}:/usr/bin:/bin`, BASH_ENV: functions, ...given };
    expect(spawnSync('bash', [script], { env }).status === 0).toBe(!broken);
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

test('what was opened on a way that was not gone to its end is shut again', () => {
  const [, , third = [], fourth] = run('firewall-cmd', '192.0.2.7', '!192.0.2.8', '192.0.2.9', '192.0.2.9');
  const shut = third.filter((line) => line.includes('remove-rich-rule')).map((line) => /address=([\d.]+)/.exec(line)?.[1]);
  expect(new Set(shut)).toEqual(new Set(['192.0.2.7', '192.0.2.8']));
  expect(fourth?.filter((line) => line.includes('remove-rich-rule'))).toEqual([]);
});
