import { type Comparing, type ConstraintKeyword, constraintKeywords, violation } from './constraints';
import { parseSize } from './sizes';
import type { Fault, Matches } from './types';

/** One constraint clause with its operand. */
export interface ConstraintClause {
  keyword: ConstraintKeyword;
  operand: unknown;
}

/** Type and constraints of a value (a property, an input, an entry of a list). */
export interface ValueSchema {
  type: string;
  constraints: ConstraintClause[];
  entry?: ValueSchema;
}

/** What is wrong with a plain value of one of the simple types; types of one's own are taken as they are. */
export function valueFaults(schema: ValueSchema, value: unknown, matches: Matches): Fault[] {
  const wrong = typeFault(schema.type, value);
  if (wrong) return [wrong];
  const by: Comparing = { isSize: schema.type === 'scalar-unit.size', matches };
  const own = schema.constraints.flatMap(({ keyword, operand }) => violation(keyword, operand, value, by) ?? []);
  const { entry } = schema;
  if (!entry) return own;
  const entries = Array.isArray(value) ? value.map((item, index) => [String(index + 1), item] as const) : Object.entries(Object(value));
  const within = entries.flatMap(([name, item]) =>
    valueFaults(entry, item, matches).map((fault) => ({ ...fault, entry: fault.entry === undefined ? name : `${name}.${fault.entry}` })),
  );
  return [...own, ...within];
}

/** The constraint clauses of `{in_range: [1, 4]}` and the like, for code that holds constraints as plain objects. */
export function clausesOf(constraints: readonly object[]): ConstraintClause[] {
  return constraints.flatMap((constraint) =>
    Object.entries(constraint).flatMap(([key, operand]) => {
      const keyword = constraintKeywords.find((known) => known === key);
      return keyword ? [{ keyword, operand }] : [];
    }),
  );
}

function typeFault(type: string, value: unknown): Fault | null {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? null : { key: 'text' };
    case 'integer':
      return Number.isSafeInteger(value) ? null : { key: 'integer' };
    case 'float':
      return Number.isFinite(value) ? null : { key: 'number' };
    case 'boolean':
      return typeof value === 'boolean' ? null : { key: 'boolean' };
    case 'scalar-unit.size':
      return parseSize(value) ? null : { key: 'size' };
    case 'range':
      return isRange(value) ? null : { key: 'bounds' };
    case 'list':
      return Array.isArray(value) ? null : { key: 'list' };
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : { key: 'map' };
    default:
      return null;
  }
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value.map(Number);
  return Number.isSafeInteger(low) && (value[1] === 'UNBOUNDED' || (Number.isSafeInteger(high) && Number(low) <= Number(high)));
}
