import { z } from 'zod';
import type { PropertyCondition } from './types';

const operators = { '=': '=', '==': '=', '!=': '!=', '>=': '>=', '<=': '<=', '>': '>', '<': '<' } as const;
const condition = z
  .tuple([z.enum(['=', '==', '!=', '>=', '<=', '>', '<']), z.string().startsWith('$'), z.string()])
  .transform(([op, key, value]): PropertyCondition => ({ property: key.slice(1), op: operators[op], value }));
const expression = z.union([
  z.tuple([]).transform((): PropertyCondition[] => []),
  condition.transform((one) => [one]),
  z.tuple([z.literal('and')], condition).transform(([, ...all]) => all),
]);

/**
 * Conditions as Blazar takes them: JSON in a text, of one level. The operator is `=`, as Chameleon asks for; upstream takes it like `==`.
 * @returns an empty text for none
 */
export function writeConditions(where: readonly PropertyCondition[] = []): string {
  const all = where.map(({ op, property, value }) => [op, `$${property}`, value]);
  if (all.length <= 1) return all[0] ? JSON.stringify(all[0]) : '';
  return JSON.stringify(['and', ...all]);
}

/**
 * What Blazar kept as `hypervisor_properties` and `resource_properties`, which it joins.
 * @returns undefined for none, and for what {@link writeConditions} could not have written
 */
export function readConditions(...texts: (string | null | undefined)[]): PropertyCondition[] | undefined {
  const all: PropertyCondition[] = [];
  for (const text of texts) {
    if (!text?.trim()) continue;
    const parsed = expression.safeParse(jsonOrNull(text));
    if (!parsed.success) return undefined;
    all.push(...parsed.data);
  }
  return all.length > 0 ? all : undefined;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
