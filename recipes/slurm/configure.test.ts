import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = join(import.meta.dirname, 'scripts');
const python = (script: string, begin: string) =>
  new RegExp(`${begin}.*?<<'PYTHON'\\n(.*?)\\nPYTHON\\n`, 's').exec(readFileSync(join(scripts, script), 'utf8'))?.[1] ?? '';
const configure = python('controller.sh', 'cat >/usr/local/sbin/transat-slurm-configure');
const enrol = python('enrol.sh', 'cat >/usr/local/lib/transat/slurm-enrol.py');

// A controller in a folder: what it restarts is written down.
let machine: string;
const at = (path: string) => join(machine, path);
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\necho "${program} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });
const env = () => ({ NODE_ENV: 'test' as const, HOME: machine, PATH: `${at('bin')}:${process.env.PATH}` });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'configure-'));
  for (const folder of ['bin', 'etc/slurm', 'etc/transat', 'var/lib/slurm/nodes']) mkdirSync(at(folder), { recursive: true });
  for (const program of ['systemctl', 'scontrol']) play(program, 'true');
});
afterEach(() => rmSync(machine, { recursive: true }));

const given = ['c', '10.0.0.1', 'w-1,w-2', '10.0.0.2,10.0.0.3', 'main', '', 'true', 'false', '0', 'false', '5'];
/** What SLURM is configured with where the workers tell this of themselves, and whether it began anew. */
function configured(told: Record<string, string>, gpus = '0', health = 'false') {
  const values = given.map((value, index) => [gpus, health][index - 8] ?? value);
  writeFileSync(
    at('etc/transat/slurm.json'),
    execFileSync('python3', ['-c', python('controller.sh', 'WORKER_ADDRESSES" "\\$PARTITION"'), ...values], { env: env() }),
  );
  for (const [name, words] of Object.entries(told))
    writeFileSync(
      at(`var/lib/slurm/nodes/${name}`),
      `CPUs=2 Boards=1 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=2000 Memory=2000 ${words}\n`,
    );
  writeFileSync(at('calls'), '');
  const text = configure.replaceAll(/(?<=["'])\/(etc|var)\//g, `${machine}/$1/`).replace('f"/etc/', `f"${machine}/etc/`);
  execFileSync('python3', ['-c', text], { env: env(), stdio: 'pipe' });
  const read = (name: string) => (existsSync(at(`etc/slurm/${name}`)) ? readFileSync(at(`etc/slurm/${name}`), 'utf8') : '');
  return { slurm: read('slurm.conf'), cgroup: read('cgroup.conf'), gres: read('gres.conf'), calls: readFileSync(at('calls'), 'utf8') };
}

describe('GPUs', () => {
  it('are none where no worker has any, and nothing is said of them', () => {
    const { slurm, cgroup, gres } = configured({ 'w-1': 'Fences=2', 'w-2': 'Fences=2' });
    expect(slurm).not.toMatch(/gpu|gres/i);
    expect([cgroup.includes('ConstrainDevices'), gres]).toEqual([false, '']);
  });

  it('are what each worker found, fenced in where all that have some can do so', () => {
    const told = { 'w-1': 'Fences=2 Gpus=4 DeviceFences=1', 'w-2': 'Fences=2 Gpus=1 DeviceFences=1' };
    const { slurm, cgroup, gres } = configured(told, '4');
    expect(slurm).toMatch(/^GresTypes=gpu$/m);
    expect(slurm).toMatch(/^AccountingStorageTRES=gres\/gpu$/m);
    expect(slurm.match(/Gres=gpu:\d+/g)).toEqual(['Gres=gpu:4', 'Gres=gpu:1']);
    expect(gres).toBe('NodeName=w-1 Name=gpu File=/dev/nvidia[0-3]\nNodeName=w-2 Name=gpu File=/dev/nvidia0\n');
    expect(cgroup).toContain('ConstrainDevices=yes');
    for (const unable of ['Fences=2 Gpus=4 DeviceFences=0', 'Fences=0 Gpus=4 DeviceFences=1', 'Fences=2 Gpus=4'])
      expect(configured({ ...told, 'w-1': unable }).cgroup, unable).not.toContain('ConstrainDevices');
  });

  it('do not hold up a cluster whose workers have fewer than were asked for, or have not been heard of', () => {
    const { slurm, gres } = configured({ 'w-2': 'Fences=1' }, '2');
    expect([slurm.match(/^GresTypes=gpu$/m)?.length, slurm.includes('Gres=gpu'), gres]).toEqual([1, false, '']);
  });

  it('take their configuration away again when they are gone, and leave SLURM alone where nothing changed', () => {
    const told = { 'w-1': 'Fences=1 Gpus=1 DeviceFences=1', 'w-2': 'Fences=1' };
    expect(configured(told).calls).toContain('restart slurmctld');
    expect(configured(told).calls).not.toContain('restart slurmctld');
    expect(configured({ 'w-1': 'Fences=1' })).toMatchObject({ gres: '', calls: expect.stringContaining('restart slurmctld') });
    expect(readdirSync(at('etc/slurm')).toSorted()).toEqual(['.stands', 'cgroup.conf', 'slurm.conf']);
  });
});

it('begins anew with what it wrote where an attempt was cut off before that', () => {
  const told = { 'w-1': 'Fences=0' };
  configured(told);
  play('systemctl', '[ "$1" != restart ]');
  expect(() => configured({ 'w-1': 'Fences=1' })).toThrow();
  play('systemctl', 'true');
  expect(configured({ 'w-1': 'Fences=1' }).calls).toContain('restart slurmctld');
  expect(configured({ 'w-1': 'Fences=1' }).calls).not.toContain('restart slurmctld');
});

it.each([
  ['true', /^HealthCheckProgram=\/usr\/local\/sbin\/transat-slurm-health\nHealthCheckInterval=300\nHealthCheckNodeState=ANY,CYCLE$/m],
  ['false', /^(?![\s\S]*HealthCheck)/],
])('has the health checked of workers in whatever state, or not at all: %s', (health, expected) =>
  expect(configured({ 'w-1': 'Fences=0' }, '0', health).slurm).toMatch(expected),
);

// What a worker tells is believed where root of a machine of this cluster said it, and then only words that are known.
it.each([
  ['what worker.sh tells', 'NodeName=w-1 CPUs=2 RealMemory=2000 Memory=2000 Fences=2 Gpus=2 DeviceFences=1', 0, true],
  ['the words of somebody who is not root', 'NodeName=w-1 CPUs=2', 1000, false],
  ['a path', 'NodeName=../../etc/passwd CPUs=2', 0, false],
  ['a command', 'NodeName=$(touch x) CPUs=2', 0, false],
  ['a setting of SLURM', 'NodeName=w-1 CPUs=2\nPrologSlurmctld=/tmp/x', 0, false],
  ['quotes', 'NodeName=w-1 CPUs="2"', 0, false],
  ['a word nobody knows', 'NodeName=w-1 CPUs=2 Gres=gpu:tesla:9', 0, false],
])('of %s', (_, line, uid, believed) => {
  play('unmunge', `printf 'STATUS: Success (0)\\nUID: someone (${uid})\\n\\n'; cat`);
  const once = enrol
    .replace('/var/lib/slurm/nodes', at('var/lib/slurm/nodes'))
    .replace(
      /^Server\(\("0\.0\.0\.0".*$/m,
      'import io, sys\nE = Enrol.__new__(Enrol)\nE.rfile, E.wfile = sys.stdin.buffer, sys.stdout.buffer\nE.handle()',
    );
  expect(once).not.toBe(enrol);
  const { stdout } = spawnSync('python3', ['-c', once], { input: line, encoding: 'utf8', env: env() });
  expect(stdout.trim()).toBe(believed ? 'enrolled' : 'refused');
  expect(readdirSync(at('var/lib/slurm/nodes'))).toEqual(believed ? ['w-1'] : []);
});
