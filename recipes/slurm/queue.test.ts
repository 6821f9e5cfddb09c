import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'scripts/queue.sh'), 'utf8');
const program = /<<'PYTHON'\n(.*?)\nPYTHON\n/s.exec(script)?.[1] ?? '';

let machine: string;
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'queue-'));
});
afterEach(() => rmSync(machine, { recursive: true }));

/** What is told of a cluster that answers so, where there may be 4 workers. Lines as squeue and sinfo of SLURM 22.05 write them. */
function told(jobs: string[], workers: string[]) {
  const answers = { squeue: jobs, sinfo: workers };
  for (const [name, lines] of Object.entries(answers))
    writeFileSync(join(machine, name), `#!/bin/sh\ncat <<'END'\n${lines.map((line) => `${line}\n`).join('')}END\n`, { mode: 0o755 });
  const about = join(machine, 'slurm-queue.json');
  writeFileSync(about, '{"partition": "main", "most": 4}');
  const asks = program.replace('/etc/transat/slurm-queue.json', about);
  expect(asks).not.toBe(program);
  const said = execFileSync('python3', ['-c', asks], {
    encoding: 'utf8',
    env: { NODE_ENV: 'test', PATH: `${machine}:${process.env.PATH}` },
  });
  return JSON.parse(said) as { waiting: number; wanted: number; machines: { name: string; state: string }[] };
}
const two = ['slurm-worker-1|allocated', 'slurm-worker-2|mixed'];

it.each<[what: string, jobs: string[], waiting: number, wanted: number]>([
  ['nothing', [], 0, 0],
  ['one that all are too busy for', ['1|Resources'], 1, 1],
  ['one of two nodes, and one behind it', ['2|Resources', '1|Priority'], 2, 3],
  ['one that nobody has looked at yet', ['1|None'], 1, 1],
  ['one whose nodes are away', ['1|Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions'], 1, 1],
  ['more nodes than there are', ['3|PartitionNodeLimit'], 1, 3],
  ['more CPUs than there are', ['4|PartitionConfig'], 1, 4],
  ['no more nodes than there are, refused for another cause', ['2|PartitionNodeLimit', '1|PartitionConfig'], 0, 0],
  ['more nodes than there may be', ['5|PartitionNodeLimit', '1024|PartitionConfig', '200000|PartitionConfig'], 0, 0],
  [
    'what waits for something else',
    ['1|BeginTime', '1|Dependency', '1|DependencyNeverSatisfied', '1|JobHeldUser', '1|JobArrayTaskLimit', '1|QOSMaxCpuPerUserLimit'],
    0,
    0,
  ],
  ['nodes that are named and away', ['1|ReqNodeNotAvail, UnavailableNodes:slurm-worker-1'], 0, 0],
])('tells of %s', (_, jobs, waiting, wanted) => expect(told(jobs, two)).toMatchObject({ waiting, wanted }));

it('tells of each worker once, and what it does', () => {
  const does = {
    idle: 'idle',
    planned: 'idle',
    allocated: 'busy',
    mixed: 'busy',
    completing: 'busy',
    'idle*': 'away',
    'down*': 'away',
    drained: 'away',
    draining: 'away',
    reserved: 'away',
    'unknown*': 'away',
  };
  const names = Object.keys(does).map((state, index) => [`w-${10 + index}`, state] as const);
  const { machines } = told(
    [],
    [...names, ...names].map((pair) => pair.join('|')),
  );
  expect(machines).toEqual(Object.values(does).map((state, index) => ({ name: `w-${10 + index}`, state })));
});
