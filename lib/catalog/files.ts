import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A text that changes when a file under one of the folders does: names, sizes and times of all files. A step is one folder.
 * @param paths folders of the catalogue; those that are not there count as empty
 */
export function* fingerprint(paths: readonly string[]): Generator<void, string> {
  const lines: string[] = [];
  for (const path of paths) yield* entries(path, lines);
  return lines.join('\n');
}

function* entries(folder: string, lines: string[]): Generator<void, void> {
  yield;
  for (const entry of list(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* entries(path, lines);
    else {
      const stats = statSync(path, { throwIfNoEntry: false });
      lines.push(`${path} ${stats?.size ?? 'gone'} ${stats?.mtimeMs ?? ''}`);
    }
  }
}

// What is not there, or may not be read, holds nothing.
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
