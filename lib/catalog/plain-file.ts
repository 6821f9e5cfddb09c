import { isUtf8 } from 'node:buffer';
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { Diagnostic } from '@/lib/tosca/located';

export type FileResult = { ok: true; text: string } | { ok: false; diagnostic: Diagnostic };

/**
 * Reads a file of the catalogue as text: a regular one, in its folder, that is UTF-8 and not too large. Whatever else has its
 * name (a folder, a pipe that never ends, a link that leads out) is said, and not waited for.
 * @param what how messages call it
 * @param folder that it must lie in, links followed
 */
export function readPlainFile(path: string, what: string, folder: string, maximumBytes: number): FileResult {
  const bad = (message: string, line = 1): FileResult => ({ ok: false, diagnostic: { at: { file: path, line, column: 1 }, message } });
  if (!existsSync(path)) return bad(`There is no ${what}.`);
  if (!isInside(realpathSync(path), realpathSync(folder))) return bad(`${what} lies outside of the recipe's folder.`);
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return bad(`${what} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return bad(`${what} is no regular file.`);
    if (stats.size > maximumBytes) return bad(`${what} is larger than ${maximumBytes / 1024} KiB.`);
    const bytes = readFileSync(file);
    if (isUtf8(bytes)) return { ok: true, text: bytes.toString('utf8') };
    return bad(`${what} is not UTF-8: this line holds other bytes.`, firstOtherLine(bytes));
  } finally {
    closeSync(file);
  }
}

/** Whether a path lies in a folder, neither with links. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

function firstOtherLine(bytes: Buffer): number {
  let begin = 0;
  for (let line = 1; begin < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, begin);
    const end = found === -1 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(begin, end))) return line;
    begin = end + 1;
  }
  return 1;
}
