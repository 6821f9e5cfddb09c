import { parseSize } from './scalar-unit';

/** Keywords of constraint clauses (TOSCA Simple Profile 1.3, 3.6.3). */
export const constraintKeywords = [
  'equal',
  'greater_than',
  'greater_or_equal',
  'less_than',
  'less_or_equal',
  'in_range',
  'valid_values',
  'length',
  'min_length',
  'max_length',
  'pattern',
] as const;
export type ConstraintKeyword = (typeof constraintKeywords)[number];

/**
 * Says whether a value keeps one constraint. Sizes compare by what they amount to (`1024 MiB` equals `1 GiB`).
 * @param isSize the value's type is `scalar-unit.size`
 * @returns what is wrong, as a sentence a person can act on; null where nothing is
 */
export function violation(keyword: ConstraintKeyword, operand: unknown, value: unknown, isSize = false): string | null {
  const compare = (other: unknown) => order(value, other, isSize);
  switch (keyword) {
    case 'equal':
      return same(value, operand, isSize) ? null : `It must be ${shown(operand)}.`;
    case 'greater_than':
      return compare(operand) > 0 ? null : `It must be more than ${shown(operand)}.`;
    case 'greater_or_equal':
      return compare(operand) >= 0 ? null : `It must be ${shown(operand)} or more.`;
    case 'less_than':
      return compare(operand) < 0 ? null : `It must be less than ${shown(operand)}.`;
    case 'less_or_equal':
      return compare(operand) <= 0 ? null : `It must be ${shown(operand)} or less.`;
    case 'in_range':
      return inRange(operand, compare);
    case 'valid_values':
      return Array.isArray(operand) && operand.some((allowed) => same(value, allowed, isSize))
        ? null
        : `It must be one of ${shown(operand)}.`;
    case 'length':
      return lengthOf(value) === operand ? null : `It must have ${shown(operand)} ${unitOf(value)}; it has ${lengthOf(value)}.`;
    case 'min_length':
      return lengthOf(value) >= Number(operand)
        ? null
        : `It must have at least ${shown(operand)} ${unitOf(value)}; it has ${lengthOf(value)}.`;
    case 'max_length':
      return lengthOf(value) <= Number(operand)
        ? null
        : `It must have at most ${shown(operand)} ${unitOf(value)}; it has ${lengthOf(value)}.`;
    case 'pattern':
      return new RegExp(`^(?:${String(operand)})$`, 'u').test(String(value)) ? null : `It must match the pattern ${String(operand)}.`;
  }
}

/**
 * Says whether a constraint's operand makes sense.
 * @returns what is wrong with it, or null
 */
export function operandProblem(keyword: ConstraintKeyword, operand: unknown): string | null {
  switch (keyword) {
    case 'in_range': {
      if (!Array.isArray(operand) || operand.length !== 2) return 'in_range needs a list of two bounds.';
      const [low, high] = operand;
      if (low !== 'UNBOUNDED' && high !== 'UNBOUNDED' && order(low, high, parseSize(low) !== undefined) > 0)
        return 'The lower bound of in_range is above the upper one.';
      return null;
    }
    case 'valid_values':
      return Array.isArray(operand) && operand.length > 0 ? null : 'valid_values needs a list with at least one value.';
    case 'length':
    case 'min_length':
    case 'max_length':
      return Number.isSafeInteger(operand) && Number(operand) >= 0 ? null : `${keyword} needs a whole number from 0.`;
    case 'pattern':
      return patternProblem(operand);
    case 'equal':
      return null;
    default:
      return typeof operand === 'number' || parseSize(operand) ? null : `${keyword} needs a number or a size.`;
  }
}

function patternProblem(operand: unknown): string | null {
  if (typeof operand !== 'string') return 'pattern needs text.';
  // patterns run against what strangers type, and `(a+)+` takes exponential time where it does not match
  if (/\((?:\?:)?(?:\\.|\[(?:\\.|[^\]])*\]|[^()\\])[+*]\)[+*{]/.test(operand))
    return 'This pattern repeats a repetition, which can take very long to match.';
  try {
    new RegExp(`^(?:${operand})$`, 'u');
    return null;
  } catch (error) {
    return `The pattern is not a regular expression: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function inRange(operand: unknown, compare: (other: unknown) => number): string | null {
  const [low, high]: unknown[] = Array.isArray(operand) ? operand : [];
  const below = low !== 'UNBOUNDED' && !(compare(low) >= 0);
  const above = high !== 'UNBOUNDED' && !(compare(high) <= 0);
  if (!below && !above) return null;
  if (high === 'UNBOUNDED') return `It must be ${shown(low)} or more.`;
  if (low === 'UNBOUNDED') return `It must be ${shown(high)} or less.`;
  return `It must be between ${shown(low)} and ${shown(high)}.`;
}

// NaN, which compares false with everything, where the two can't be compared.
function order(value: unknown, other: unknown, isSize: boolean): number {
  if (isSize) return (parseSize(value)?.bytes ?? Number.NaN) - (parseSize(other)?.bytes ?? Number.NaN);
  return typeof value === 'number' && typeof other === 'number' ? value - other : Number.NaN;
}

function same(value: unknown, other: unknown, isSize: boolean): boolean {
  if (isSize) return order(value, other, true) === 0;
  return value === other || JSON.stringify(value) === JSON.stringify(other);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : Number.NaN;
}

function unitOf(value: unknown): string {
  return typeof value === 'string' ? 'characters' : 'elements';
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return value === '' ? 'empty' : String(value);
}
