import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's own files: what git knows, and what is new and not ignored. Paths from `root`. */
export function sourceFiles(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  return [...new Set(files)].filter((file) => existsSync(join(root, file)));
}

/** Files as people have them, that are read by tests and never run: their faults are what they are there for. */
const samples = /\/samples\//;

/** Those of them that a shell runs, or Python: by their ending, or by their first line where they have none. */
export function programsFor(interpreter: 'shell' | 'python', root: string): string[] {
  const [ending, firstLine] = interpreter === 'shell' ? [/\.(sh|bash)$/, /^#!.*\b(ba|da)?sh\b/] : [/\.py$/, /^#!.*\bpython/];
  return sourceFiles(root).filter(
    (file) =>
      !samples.test(file) && (ending.test(file) || (!/\.\w+$/.test(file) && firstLine.test(readFileSync(join(root, file), 'utf8')))),
  );
}
