import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Lines } from '../lib/sample';

/** One place at which code is broken. */
export interface Place {
  id: string;
  /** from the root */
  file: string;
  /** from 1 */
  line: number;
  /** what stands there, its first line */
  was: string;
  /** what stands there instead */
  is: string;
}

/** Code in which all places are broken that are switched on, and those places. */
export interface Broken {
  /** by the file's whole path */
  code: Record<string, string>;
  places: Place[];
}

const silent = () => undefined;
const [yes, no] = [() => true, () => false];
const levels = { isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: yes, isErrorEnabled: yes, isFatalEnabled: yes };
const logger = { ...levels, trace: silent, debug: silent, info: silent, warn: console.warn, error: console.error, fatal: console.error };

/**
 * Breaks files as Stryker does, by its own instrumenter. What is counted as it runs has an end, so that a loop which lost its own comes to one.
 * @param files from the root, with the lines in which they are broken
 */
export async function breakFiles(root: string, files: readonly { path: string; lines: readonly Lines[] }[]): Promise<Broken> {
  const sources = files.map(({ path, lines }) => ({
    name: join(root, path),
    content: readFileSync(join(root, path), 'utf8'),
    mutate: lines.map(({ from, to }) => ({ start: { line: from - 1, column: 0 }, end: { line: to - 1, column: Number.MAX_SAFE_INTEGER } })),
  }));
  const options = { ignorers: [], excludedMutations: [], noHeader: false, plugins: null };
  const { files: broken, mutants } = await new Instrumenter(logger).instrument(sources, options);
  const textOf = new Map(sources.map(({ name, content }) => [name, content.split('\n')]));
  const places = mutants.map(({ id, fileName, location: { start, end }, replacement }): Place => {
    const line = textOf.get(fileName)?.[start.line] ?? '';
    const was = start.line === end.line ? line.slice(start.column, end.column) : `${line.slice(start.column)} …`;
    return { id, file: fileName.slice(root.length + 1), line: start.line + 1, was, is: replacement.replace(/\s+/g, ' ') };
  });
  return { code: Object.fromEntries(broken.map(({ name, content }) => [name, withAnEnd(content)])), places };
}

function withAnEnd(code: string): string {
  const begin = 'function cover() {';
  if (!code.includes('stryMutAct')) return code;
  if (!code.includes(begin)) throw new Error('Stryker writes its counters in another way than scripts/mutation knows');
  return code.replace(begin, `${begin}\nns.calls = (ns.calls ?? 0) + 1;\nif (ns.calls > ns.mostCalls) throw new Error('It has no end');`);
}
