import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine, worstPasswords } from '../testing/machine';

// what is waited for in vain is not waited for long
const soon = (text: string) => text.replace('seq 1 90', 'seq 1 2');
const script = (name: string) => join(import.meta.dirname, `scripts/${name}.sh`);
let machine: Machine;
const given = { ADDRESSES: '10.0.0.1,10.0.0.2', HOSTNAMES: 'front,worker-1', DAYS: '15', PASSWORD: worstPasswords[0] ?? '' };

beforeEach(() => {
  machine = new Machine();
  machine.play('promtool', 'true');
  // what Prometheus answers, to who has the password that curl was given
  machine.play(
    'curl',
    `config=; for ((at = 1; at < $#; at++)); do [ "\${!at}" != --config ] || { next=$((at + 1)); config=\${!next}; }; done
if [ -z "$config" ]; then printf 401; else cat "$config" >"$R/login"; cat "$R/answer"; fi`,
  );
  machine.play('jq', 'cat');
  machine.write('answer', '2');
  machine.write('etc/prometheus/.keep', '');
});
afterEach(() => machine.clear());

it('keeps a password as a hash alone, whatever is in it, hands it to curl by a file, and begins nothing anew the second time', () => {
  for (const PASSWORD of worstPasswords) {
    const first = machine.run(script('prometheus'), { ...given, PASSWORD });
    expect(first, first.printed).toMatchObject({ code: 0, outputs: expect.stringContaining('watched=2 of 2') });
    expect(begun(first)).toEqual(['prometheus']);
    expect(machine.read('login')).toBe(`user = "transat:${PASSWORD.replaceAll(/[\\"]/g, '\\$&')}"\n`);
    const settings = machine.settings();
    expect(JSON.stringify([first.calls, first.printed, first.outputs, settings])).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
    expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);

    const second = machine.run(script('prometheus'), { ...given, PASSWORD });
    expect([second.code, begun(second), machine.settings()]).toEqual([0, [], settings]);
  }
});

it('watches a machine that comes, and forgets one that goes', () => {
  machine.run(script('prometheus'), given);
  machine.write('answer', '3');
  const ran = machine.run(script('prometheus'), {
    ...given,
    ADDRESSES: '10.0.0.1,10.0.0.3,10.0.0.4',
    HOSTNAMES: 'front,worker-2,worker-3',
  });
  expect(begun(ran)).toEqual(['prometheus']);
  expect(machine.read('etc/prometheus/prometheus.yml').match(/10\.0\.0\.\d:9100|instance: '[^']*'/g)).toEqual([
    '10.0.0.1:9100',
    "instance: 'front'",
    '10.0.0.3:9100',
    "instance: 'worker-2'",
    '10.0.0.4:9100',
    "instance: 'worker-3'",
  ]);
});

it('says that nothing works where no machine tells anything', () => {
  machine.write('answer', '0');
  expect(machine.run(script('prometheus'), given, soon)).toMatchObject({ code: 1, printed: expect.stringContaining('No machine tells') });
});

it('has a machine measured once, for the deployment’s own network, and no more when it is taken out; both as often as one likes', () => {
  expect(begun(machine.run(script('exporter'), {}))).toEqual(['prometheus-node-exporter']);
  expect(begun(machine.run(script('exporter'), {}))).toEqual([]);
  expect(machine.read('etc/default/prometheus-node-exporter')).toBe('ARGS="--web.listen-address=10.0.0.1:9100"\n');
  for (const off of ['exporter-off', 'prometheus-off', 'exporter-off']) expect(machine.run(script(off), {}).code).toBe(0);
});
