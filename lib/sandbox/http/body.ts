import type { z } from 'zod';

/** The first thing wrong with a body: where (`server.name`), what, and the value found there. */
export interface Fault {
  path: string[];
  message: string;
  value: unknown;
  /** keys that nobody knows */
  unknownKeys: string[];
}

/** Parses a body's text; `fail` makes the service's own refusal. */
export function parseJson(text: string, fail: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fail();
  }
}

/** Checks a parsed body against a schema; `fail` makes the service's own refusal from the first fault. */
export function check<T>(schema: z.ZodType<T>, body: unknown, fail: (fault: Fault) => Error): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map(String);
  throw fail({
    path,
    message: issue?.message ?? 'invalid',
    value: path.reduce<unknown>(member, body),
    unknownKeys: issue?.code === 'unrecognized_keys' ? issue.keys : [],
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
