import { expect, test } from 'vitest';
import type { AppError, ErrorCode } from '@/lib/core/errors';
import type { Answer } from '@/lib/web/answer';
import type { Circumstance } from '../errors/circumstance';
import { explain } from '../errors/explain';

export const now = new Date('2026-11-21T12:00:00Z');

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, body: typeof body === 'string' ? body : JSON.stringify(body), headers, requestId: 'req-1' };
}
export function about(rest: Partial<Circumstance>): Circumstance {
  return { site: 'lab', service: 'identity', method: 'POST', purpose: 'use', signedInBy: 'oidc', secrets: [], ...rest };
}
/** The answer of Keystone and of everything behind its middleware to a token that is no good. */
export const GENERIC = { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } };
export const nova = (rest: Partial<Circumstance> = {}) => about({ service: 'compute', ...rest });
export const cinder = (rest: Partial<Circumstance> = {}) => about({ service: 'block-storage', ...rest });
export const blazar = (rest: Partial<Circumstance> = {}) => about({ service: 'reservation', ...rest });
/** An error body of Nova and Cinder. */
export const fault = (code: number, element: string, message: string) => answer(code, { [element]: { code, message } });
export const blazarError = (status: number, message: string) =>
  answer(status, { error_code: status, error_message: message, error_name: status });

/** One line of the tables: what happened, and what a person is told. */
export type Row = [situation: string, about: Circumstance, answer: Answer, code: ErrorCode, words: RegExp];

/** Makes a test of every row: the code, the words, and that the site's own are kept. */
export function explains(rows: Row[]): void {
  test.each(rows)('%s', (_situation, circumstance, reply, code, words) => {
    const error = explain(circumstance, reply, now);
    expect(error.code).toBe(code);
    expect(textOf(error)).toMatch(words);
    expect(error.detail).toContain('lab');
    expect(error.upstream).toMatchObject({ service: circumstance.service, status: reply.status, requestId: 'req-1' });
    expect(error.upstream?.message).not.toBe('');
  });
}

function textOf({ title, detail, cause, remedy }: AppError): string {
  return [title, detail, cause, remedy].filter(Boolean).join(' ');
}
