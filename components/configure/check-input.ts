import type { Translate } from '@/components/messages/types';
import type { Constraint, FormInput } from '@/lib/catalog/types';
import { answerOf, type RawValue } from './raw-value';
import { bytesOf } from './size';

/** What is wrong with a value, in the language of the person. */
export type Complaint = (t: Translate) => string;

/** Checks what a control holds as the server will, so that most faults show while typing. `null`: nothing is wrong. */
export function checkInput(input: FormInput, raw: RawValue): Complaint | null {
  const value = answerOf(input, raw);
  if (isEmpty(value)) return input.required && !input.generated && isEmpty(input.default) ? (t) => t('check.required') : null;
  const wrongType = checkType(input, value);
  if (wrongType) return wrongType;
  for (const constraint of input.constraints) {
    const complaint = checkConstraint(constraint, value, input.type === 'scalar-unit.size');
    if (complaint) return complaint;
  }
  return null;
}

/** Whether the recipe asks this question at all, given the other answers. */
export function isAsked(input: FormInput, answers: (name: string) => unknown): boolean {
  return !input.enabledBy || answers(input.enabledBy.input) === input.enabledBy.equals;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function checkType(input: FormInput, value: unknown): Complaint | null {
  if (input.type === 'integer' && !Number.isInteger(value)) return (t) => t('check.integer');
  if (input.type === 'float' && typeof value !== 'number') return (t) => t('check.number');
  if (input.type === 'scalar-unit.size' && bytesOf(value) === null) return (t) => t('check.size');
  const texts = (Array.isArray(value) ? value : String(value).split(',')).map((text) => String(text).trim());
  if (input.widget === 'cidr' && !texts.every(isCidr)) return (t) => t('check.cidr');
  if (input.widget === 'ports' && Array.isArray(value) && !texts.every(isPort)) return (t) => t('check.port');
  return null;
}

function checkConstraint(constraint: Constraint, value: unknown, size: boolean): Complaint | null {
  const amount = (operand: unknown) => (size ? bytesOf(operand) : Number(operand)) ?? Number.NaN;
  const length = typeof value === 'object' && value !== null ? Object.keys(value).length : [...String(value)].length;
  const { equal, in_range: range, valid_values: valid, pattern } = constraint;
  if (constraint.greater_or_equal !== undefined && amount(value) < amount(constraint.greater_or_equal))
    return least(constraint.greater_or_equal);
  if (constraint.less_or_equal !== undefined && amount(value) > amount(constraint.less_or_equal)) return most(constraint.less_or_equal);
  if (constraint.greater_than !== undefined && amount(value) <= amount(constraint.greater_than)) {
    return (t) => t('check.above', { limit: String(constraint.greater_than) });
  }
  if (constraint.less_than !== undefined && amount(value) >= amount(constraint.less_than)) {
    return (t) => t('check.below', { limit: String(constraint.less_than) });
  }
  if (range && (amount(value) < amount(range[0]) || (range[1] !== 'UNBOUNDED' && amount(value) > amount(range[1])))) {
    return range[1] === 'UNBOUNDED' ? least(range[0]) : (t) => t('check.range', { min: String(range[0]), max: String(range[1]) });
  }
  if (equal !== undefined && String(value) !== String(equal)) return (t) => t('check.equal', { value: String(equal) });
  if (valid && !valid.some((each) => String(each) === String(value))) return (t) => t('check.oneOf', { values: valid.join(', ') });
  if (constraint.length !== undefined && length !== constraint.length) return (t) => t('check.length', { count: constraint.length ?? 0 });
  if (constraint.min_length !== undefined && length < constraint.min_length)
    return (t) => t('check.minLength', { count: constraint.min_length ?? 0 });
  if (constraint.max_length !== undefined && length > constraint.max_length)
    return (t) => t('check.maxLength', { count: constraint.max_length ?? 0 });
  if (pattern !== undefined && !matches(pattern, String(value))) return (t) => t('check.pattern', { pattern });
  return null;
}

const least =
  (limit: number | string): Complaint =>
  (t) =>
    t('check.least', { limit: String(limit) });
const most =
  (limit: number | string): Complaint =>
  (t) =>
    t('check.most', { limit: String(limit) });

// TOSCA's patterns match the whole value; one that this engine does not know is left to the server.
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return true;
  }
}

function isPort(text: string): boolean {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(?:tcp|udp))?$/.exec(text);
  const [low, high] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  return low >= 1 && low <= high && high <= 65_535;
}

function isCidr(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return false;
  const numbers = match.slice(1).map(Number);
  return numbers.slice(0, 4).every((octet) => octet <= 255) && (numbers[4] ?? 33) <= 32;
}
