import type { NodeDefinition } from '../definition';
import type { RunRecord } from '../state';

/** What is free on a machine: what it has without what its running jobs asked for. */
export interface Free {
  name: string;
  milliCores: number;
  memoryBytes: number;
}

/** What each machine has left. */
export function freeOn(nodes: NodeDefinition[], runs: RunRecord[]): Free[] {
  return nodes.map(({ name, milliCores, memoryBytes }) => {
    const here = runs.filter((run) => run.node === name && (run.status === 'Running' || run.status === 'Pending'));
    return {
      name,
      milliCores: milliCores - here.reduce((sum, run) => sum + run.milliCores, 0),
      memoryBytes: memoryBytes - here.reduce((sum, run) => sum + run.memoryBytes, 0),
    };
  });
}

/** The machine on which Kubernetes would start a job: the one with the most left. Null: it has to wait. */
export function placeFor(run: { milliCores: number; memoryBytes: number }, free: Free[]): string | null {
  const fits = free.filter((node) => node.milliCores >= run.milliCores && node.memoryBytes >= run.memoryBytes);
  return fits.toSorted((one, other) => other.milliCores - one.milliCores)[0]?.name ?? null;
}

/** Whether OSCAR's resource manager thinks that a job could start: it wants more than just enough on one machine. */
export function isSchedulable(run: { milliCores: number; memoryBytes: number }, snapshot: Free[]): boolean {
  return snapshot.some((node) => node.milliCores > run.milliCores && node.memoryBytes > run.memoryBytes);
}

const units: Record<string, number> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
};

/** A quantity of Kubernetes: `256Mi`, `1.5`, `500m`, `1e2`; null where it is none. */
export function quantity(text: string): number | null {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([numkMGTP]|[KMGTP]i)|[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * (units[match[2] ?? ''] ?? 1) * 10 ** Number(match[3] ?? 0);
}
