import { type ConstraintKeyword, constraintKeywords, violation } from './constraints';
import { parseSize } from './scalar-unit';

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

/**
 * Says what is wrong with a plain value of one of the simple types; types of one's own are taken as they are.
 * @returns sentences, none where the value is good
 */
export function valueProblems(schema: ValueSchema, value: unknown): string[] {
  const wrong = typeProblem(schema.type, value);
  if (wrong) return [wrong];
  const isSize = schema.type === 'scalar-unit.size';
  const own = schema.constraints.map(({ keyword, operand }) => violation(keyword, operand, value, isSize)).filter((text) => text !== null);
  const { entry } = schema;
  if (!entry) return own;
  const entries = Array.isArray(value) ? value.map((item, index) => [String(index + 1), item]) : Object.entries(Object(value));
  return [...own, ...entries.flatMap(([name, item]) => valueProblems(entry, item).map((text) => `Entry ${name}: ${text}`))];
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

function typeProblem(type: string, value: unknown): string | null {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? null : 'It must be text.';
    case 'integer':
      return Number.isSafeInteger(value) ? null : 'It must be a whole number.';
    case 'float':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'It must be a number.';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'It must be true or false.';
    case 'scalar-unit.size':
      return parseSize(value) ? null : 'It must be a size: a number and a unit, such as 4 GiB.';
    case 'range':
      return isRange(value) ? null : 'It must be a range: two whole numbers, the lower one first.';
    case 'list':
      return Array.isArray(value) ? null : 'It must be a list.';
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'It must be a map (name: value).';
    default:
      return null;
  }
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value.map(Number);
  return Number.isSafeInteger(low) && (value[1] === 'UNBOUNDED' || (Number.isSafeInteger(high) && Number(low) <= Number(high)));
}
