import type { Cursor } from './cursor';
import type { Metadata } from './template';

/** Names become parts of names of resources, environment variables and fields of a form. */
const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Complains about a name that could not be used in names of resources and variables. */
export function checkName(name: string, cursor: Cursor): void {
  if (!namePattern.test(name)) cursor.fail('A name starts with a letter and has up to 64 letters, digits, hyphens and underscores.');
}

/** `metadata` as names and plain values. */
export function readMetadata(cursor: Cursor | undefined): Metadata {
  return new Map((cursor?.entries() ?? []).map(([key, value]) => [key, key === 'template_version' ? (value.text() ?? '') : value.plain()]));
}
