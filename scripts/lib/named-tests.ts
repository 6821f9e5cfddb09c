import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = 'docs/security.md';

/** The files of tests that a page names in backticks. */
export function testsNamedIn(text: string): string[] {
  const paths = [...text.matchAll(/`([\w./-]+)`/g)].map((match) => match[1] ?? '');
  return [...new Set(paths.filter((path) => /\.(test|spec|journey)\.tsx?$/.test(path)))];
}

/** Proves that every test that docs/security.md names is there. @returns an exit code, and says which are not */
export function checkNamedTests(root: string): number {
  const named = testsNamedIn(readFileSync(join(root, page), 'utf8'));
  const missing = named.filter((path) => !existsSync(join(root, path)));
  for (const path of missing) console.error(`${page} names ${path}, which is not there.`);
  if (named.length === 0) console.error(`${page} names no test.`);
  return missing.length > 0 || named.length === 0 ? 1 : 0;
}
