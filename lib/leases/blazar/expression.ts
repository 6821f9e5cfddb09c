import { z } from 'zod';
import type { Condition, Host } from '../types';

/**
 * Conditions as Blazar takes them: one, or a flat `and`. Its `==` is a 500 at Chameleon, where `=` means the same everywhere.
 * @param conditions with `=` and `!=` only: Blazar compares all else as text, in which 10 is less than 5
 */
export function expressionOf(conditions: readonly Condition[]): string {
  const parts = conditions.map(({ name, op, value }) => [op, `$${name}`, value]);
  if (parts.length === 0) return '';
  return JSON.stringify(parts.length === 1 ? parts[0] : ['and', ...parts]);
}

const operator = z.enum(['=', '==', '!=', '>=', '<=', '>', '<']).transform((op) => (op === '==' ? '=' : op));
const condition = z
  .tuple([operator, z.string().startsWith('$'), z.string()])
  .transform(([op, name, value]): Condition => ({ name: name.slice(1), op, value }));
const expression = z.union([condition.transform((one) => [one]), z.tuple([z.literal('and')], condition).transform(([, ...all]) => all)]);

/** Reads what {@link expressionOf} and other programs write; undefined where it is something else. */
export function parseExpression(text: string | undefined): Condition[] | undefined {
  if (text === undefined || text.trim() === '') return [];
  try {
    return expression.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The condition that only one host meets. */
export function exactly({ uid, properties }: Pick<Host, 'uid' | 'properties'>): Condition {
  const name = ['uid', 'node_name', 'hypervisor_hostname'].find((key) => properties[key] === uid) ?? 'uid';
  return { name, op: '=', value: uid };
}
