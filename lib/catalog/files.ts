import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A text that changes when a file under one of the folders does: names, sizes and times of all files.
 * @param paths folders of the catalogue; those that are not there count as empty
 */
export function fingerprint(paths: readonly string[]): string {
  return paths
    .filter((path) => existsSync(path))
    .flatMap(entries)
    .join('\n');
}

function entries(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entries(path);
      const stats = statSync(path, { throwIfNoEntry: false });
      return [`${path} ${stats?.size ?? 'gone'} ${stats?.mtimeMs ?? ''}`];
    });
}
