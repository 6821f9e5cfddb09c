import { type ConstraintKeyword, order } from '@/lib/inputs/constraints';
import { patternProblem } from '@/lib/inputs/pattern';
import { parseSize } from '@/lib/inputs/sizes';

/**
 * Says whether a constraint's operand makes sense.
 * @returns what is wrong with it, or null
 */
export function operandProblem(keyword: ConstraintKeyword, operand: unknown): string | null {
  switch (keyword) {
    case 'in_range':
      return boundsProblem(operand);
    case 'valid_values':
      return Array.isArray(operand) && operand.length > 0 ? null : 'valid_values needs a list with at least one value.';
    case 'length':
    case 'min_length':
    case 'max_length':
      return Number.isSafeInteger(operand) && Number(operand) >= 0 ? null : `${keyword} needs a whole number from 0.`;
    case 'pattern': {
      if (typeof operand !== 'string') return 'pattern needs text.';
      const problem = patternProblem(operand);
      return problem && `The pattern can't be used: ${problem}. Patterns are those of RE2, which go through a text once.`;
    }
    case 'equal':
      return null;
    default:
      return isAmount(operand) ? null : `${keyword} needs a number or a size.`;
  }
}

function boundsProblem(operand: unknown): string | null {
  if (!Array.isArray(operand) || operand.length !== 2) return 'in_range needs a list of two bounds.';
  const [low, high] = operand;
  for (const bound of [low, high])
    if (bound !== 'UNBOUNDED' && !isAmount(bound)) return 'A bound of in_range is a number, a size, or UNBOUNDED.';
  if (low === 'UNBOUNDED' || high === 'UNBOUNDED') return null;
  return order(low, high, parseSize(low) !== undefined) <= 0 ? null : 'The lower bound of in_range is above the upper one.';
}

function isAmount(operand: unknown): boolean {
  return typeof operand === 'number' || parseSize(operand) !== undefined;
}
