import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const functions = join(import.meta.dirname, '../lib/nodes/agent/functions.sh');

// What the scripts call is in a folder: it writes down how it was called, and answers what a test has it answer.
let machine: string;
const play = (program: string, body: string) =>
  writeFileSync(join(machine, 'bin', program), `#!/bin/bash\necho "$*" >>${machine}/calls\ncase "$*" in\n${body}\nesac\n`, { mode: 0o755 });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'leaving-'));
  mkdirSync(join(machine, 'bin'));
  play('sleep', '');
});
afterEach(() => rmSync(machine, { recursive: true }));

function leave(recipe: 'kubernetes' | 'slurm', way = 'finish'): { code: number | null; calls: string } {
  const script = join(import.meta.dirname, recipe, 'scripts/leave.sh');
  const { status } = spawnSync('bash', ['-c', `. ${functions}; . ${script}`], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { NODE_ENV: 'test', PATH: `${machine}/bin:${process.env.PATH}`, LEAVING: 'n-1,n-2', LEAVING_WAY: way },
  });
  const calls = join(machine, 'calls');
  return { code: status, calls: existsSync(calls) ? readFileSync(calls, 'utf8') : '' };
}

const pods = (...kinds: string[]) =>
  JSON.stringify({
    items: kinds.map((kind) => ({
      metadata: { namespace: 'n', name: kind.toLowerCase(), ownerReferences: [{ kind }] },
      status: { phase: 'Running' },
    })),
  });

it('drains the workers of Kubernetes when no job is on any of them', () => {
  play('kubectl', `*-o' name'*) echo node/n ;;\n*-o' json') echo '${pods('ReplicaSet')}' ;;`);
  const { code, calls } = leave('kubernetes');
  expect(code).toBe(0);
  expect(calls.match(/^drain n-\d/gm)).toEqual(['drain n-1', 'drain n-2']);
});

it.each([
  ['whether there is work on one of them', `*nodeName=n-1' '*-o' json') exit 1 ;;`],
  ['whether they are there', `'get node n-1 '*) exit 1 ;;`],
])('evicts nothing where Kubernetes does not say %s', (_, silent) => {
  play('kubectl', `${silent}\n*-o' name'*) echo node/n ;;\n*-o' json') echo '${pods('ReplicaSet')}' ;;`);
  const { code, calls } = leave('kubernetes');
  expect(code).toBe(1);
  expect(calls).not.toMatch(/^drain/m);
});

it.each([
  ['whether they are there', `*show' 'node*) exit 1 ;;`],
  ['which jobs are on them', `*--nodelist*) exit 1 ;;`],
])('lets no worker go where SLURM does not say %s', (_, silent) => {
  for (const program of ['scontrol', 'squeue', 'sinfo'])
    play(program, `${silent}\n*show' 'node*) printf 'NodeName=n-1 State=IDLE\\nNodeName=n-2 State=IDLE\\n' ;;`);
  expect(leave('slurm').code).toBe(1);
});

it('takes workers for gone that SLURM does not know, though others begin like them', () => {
  for (const program of ['scontrol', 'squeue', 'sinfo'])
    play(program, `*show' 'node*) printf 'NodeName=n-10 State=IDLE\\nNodeName=n-2 State=IDLE\\n' ;;`);
  const { code, calls } = leave('slurm');
  expect(code).toBe(0);
  expect(calls).toMatch(/NodeName=n-2 State=DRAIN/);
  expect(calls).not.toMatch(/NodeName=n-1/);
});

it('has workers that a health check set aside stay aside for as long as they leave, and keeps what an administrator said of others', () => {
  for (const program of ['scontrol', 'squeue', 'sinfo'])
    play(
      program,
      `*show' 'node' 'n-1) echo 'NodeName=n-1 State=IDLE+DRAIN Reason=Transat health: memory is nearly full [root@2026]' ;;
*show' 'node' 'n-2) echo 'NodeName=n-2 State=IDLE+DRAIN Reason=mine [root@2026]' ;;
*show' 'node*) printf 'NodeName=n-1 State=IDLE+DRAIN\\nNodeName=n-2 State=IDLE+DRAIN\\n' ;;`,
    );
  const { code, calls } = leave('slurm');
  expect(code).toBe(0);
  expect(calls.match(/^update.*/gm)).toEqual(['update NodeName=n-1 State=DRAIN Reason=Transat: leaves the cluster']);
});
