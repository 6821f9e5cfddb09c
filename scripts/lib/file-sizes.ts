import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './sources';

const limits: [pattern: RegExp, lines: number][] = [
  [/\.test\.tsx?$|^e2e\/|\/testing\//, 400],
  [/\.(ts|tsx|mjs|cjs|js|py|sh|css)$/, 300],
];
const generated = /\.generated\.tsx?$/;

/**
 * Names the files that are longer than one idea may be.
 * @returns 0, or 1 where there is one
 */
export function checkFileSizes(root: string): number {
  const tooLong = sourceFiles(root).flatMap((file) => {
    const limit = generated.test(file) ? undefined : limits.find(([pattern]) => pattern.test(file))?.[1];
    if (limit === undefined) return [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    return lines > limit ? [`${file}: ${lines} lines, at most ${limit}`] : [];
  });
  for (const line of tooLong) console.error(line);
  return tooLong.length === 0 ? 0 : 1;
}
