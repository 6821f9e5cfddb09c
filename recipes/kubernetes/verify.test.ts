import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const script = join(import.meta.dirname, 'scripts/verify.sh');

let machine: string;
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'verify-'));
  mkdirSync(join(machine, 'bin'));
  writeFileSync(join(machine, 'calls'), '');
});
afterEach(() => rmSync(machine, { recursive: true }));

/** Names of the nodes that the script takes out of a cluster that has such nodes, as its front-end. */
function takenOut(front: string, workers: string, nodes: string[]): string[] {
  const names = nodes.map((name) => `node/${name}`).join('\\n');
  const ready = nodes.map((name) => `${name} Ready`).join('\\n');
  const body = `*-o' name') printf '${names}\\n' ;;\n*--no-headers*) printf '${ready}\\n' ;;`;
  const kubectl = `#!/bin/bash\necho "$*" >>${machine}/calls\ncase "$*" in\n${body}\nesac\n`;
  writeFileSync(join(machine, 'bin/kubectl'), kubectl, { mode: 0o755 });
  const { status, stdout } = spawnSync('bash', ['-c', `. ${functions}; . ${script}`], {
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      NODE_ENV: 'test',
      PATH: `${machine}/bin:${process.env.PATH}`,
      NODE_NAME: front,
      WORKERS: workers,
      PEER_COUNT: '0',
      WORKER_COUNT: String(workers.split(',').length),
      TRANSAT_OUTPUTS: join(machine, 'outputs'),
    },
  });
  expect(status, stdout).toBe(0);
  return readFileSync(join(machine, 'calls'), 'utf8').match(/(?<=^delete node ).*/gm) ?? [];
}

it.each([
  ['a cluster of its own', 'kube-control', ''],
  ['one side of a pair', 'europe-kube-control', 'europe-'],
])('takes workers of %s out that have gone, and nothing that somebody else joined to it', (_, front, side) => {
  const worker = (index: number) => `${side}kube-worker-${index}`;
  const others = ['kube-worker-gpu', 'my-kube-worker-7', 'america-kube-worker-2', 'laptop'];
  const nodes = [front, ...[1, 2, 3, 12].map((index) => worker(index)), ...others];
  expect(takenOut(front, [1, 3].map((index) => worker(index)).join(','), nodes)).toEqual([worker(2), worker(12)]);
});
