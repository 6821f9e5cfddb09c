import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lines } from '../lib/sample';
import { root, run } from '../lib/shell';
import { breakFiles, type Place } from './places';

/** The share that tests must notice in what decides. */
const least = 85;

/**
 * Breaks files that wait for nothing, place by place, and asks tests that start nothing, all in one process: some minutes become seconds. Lists
 * what no test noticed. What runs but once, as a table at the top of a file, is left out.
 * @param tests paths from the root
 * @returns whether enough was noticed
 */
export async function mutatePure(files: readonly { path: string; lines: readonly Lines[] }[], tests: readonly string[]): Promise<boolean> {
  const { code, places } = await breakFiles(root, files);
  const state = mkdtempSync(join(tmpdir(), 'transat-mutation-'));
  try {
    writeFileSync(join(state, 'code.json'), JSON.stringify(code));
    const env = { ...process.env, MUTATION_STATE: state, MUTATION_TESTS: tests.join(',') };
    const ended = await run('vitest', ['run', '--config', 'scripts/mutation/vitest.config.ts', '--reporter', 'dot'], { env });
    if (ended !== 0) throw new Error('The tests fail before anything is broken');
    const seen = globSync('*.seen.json', { cwd: state }).map((file): Seen => JSON.parse(readFileSync(join(state, file), 'utf8')));
    return tell(places, together(seen));
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

interface Seen {
  /** ids of places by which a test comes */
  reached: string[];
  /** that run as a file is read */
  once: string[];
  noticed: string[];
}

function together(seen: readonly Seen[]): Record<keyof Seen, Set<string>> {
  const all = (key: keyof Seen) => new Set(seen.flatMap((one) => one[key]));
  return { reached: all('reached'), once: all('once'), noticed: all('noticed') };
}

function tell(places: readonly Place[], { reached, once, noticed }: Record<keyof Seen, Set<string>>): boolean {
  const counted = places.filter(({ id }) => reached.has(id) || !once.has(id));
  const missed = counted.filter(({ id }) => !noticed.has(id));
  for (const { id, file, line, was, is } of missed)
    console.log(`${file}:${line} ${reached.has(id) ? 'not noticed' : 'not reached'}: ${was.slice(0, 120)} → ${is.slice(0, 120)}`);
  const byFile = Map.groupBy(counted, ({ file }) => file);
  for (const [file, own] of byFile)
    console.log(`${file}: ${share(own.filter(({ id }) => noticed.has(id)).length, own.length)} of ${own.length}`);
  const found = counted.length - missed.length;
  const reachable = counted.filter(({ id }) => reached.has(id)).length;
  console.log(
    `${counted.length} places broken, ${share(found, counted.length)} noticed; of those that tests reach ${share(found, reachable)}`,
  );
  return found * 100 >= least * counted.length;
}

const share = (part: number, whole: number) => `${whole === 0 ? 100 : Math.floor((1000 * part) / whole) / 10} %`;
