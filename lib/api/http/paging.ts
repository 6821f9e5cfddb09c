import type { AppError } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { isStorable } from '@/lib/core/request-body';

/**
 * The cursor of a list: where the last page ended, in its order. Opaque to those who send it back.
 * @param position values of the columns that the list is ordered by, in that order
 */
export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * What {@link encodeCursor} was given.
 * @param length how many values the list's order has
 * @throws AppError `invalid-input` for anything else
 */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(position) &&
      position.length === length &&
      position.every((part) => (typeof part === 'string' ? isStorable(part) : typeof part === 'number'))
    ) {
      return position.map(String);
    }
  } catch {
    // falls through: it is not one of ours
  }
  throw notOurs();
}

/**
 * A moment of a cursor's position.
 * @throws AppError `invalid-input` where it is none, or one of a year that the database has no word for
 */
export function decodeMoment(text: string): Date {
  const at = new Date(text);
  if (!(at >= new Date(0) && at.getUTCFullYear() < 10_000)) throw notOurs();
  return at;
}

/** The problem for a cursor that no page of this list ended with. */
function notOurs(): AppError {
  return invalidInput([{ path: 'cursor', message: 'This is not a cursor of this list. Take `next` of the page before.' }]);
}

/**
 * The cursor of a list whose rows are numbered: after which one it begins, 0 at first.
 * @throws AppError `invalid-input` for anything but a number that a row may have
 */
export function decodeNumber(cursor: string | undefined): number {
  const number = Number(decodeCursor(cursor, 1)?.[0] ?? 0);
  if (!Number.isSafeInteger(number) || number < 0) throw notOurs();
  return number;
}

/** A page of what is all in memory already (recipes, sites): the cursor is an offset. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: { limit: number; cursor?: string }): { items: T[]; next: string | null } {
  const start = decodeNumber(cursor);
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? encodeCursor([end]) : null };
}
