import { parseSize } from './sizes';
import type { Fault, Matches } from './types';

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

/** How values of a type are compared and matched. */
export interface Comparing {
  /** sizes compare by what they amount to (`1024 MiB` equals `1 GiB`) */
  isSize: boolean;
  matches: Matches;
}

/**
 * Says whether a value keeps one constraint.
 * @returns what is wrong; null where nothing is
 */
export function violation(keyword: ConstraintKeyword, operand: unknown, value: unknown, by: Comparing): Fault | null {
  const compare = (other: unknown) => order(value, other, by.isSize);
  const limit = shown(operand);
  switch (keyword) {
    case 'equal':
      return same(value, operand, by.isSize) ? null : { key: 'equal', value: limit };
    case 'greater_than':
      return compare(operand) > 0 ? null : { key: 'above', limit };
    case 'greater_or_equal':
      return compare(operand) >= 0 ? null : { key: 'least', limit };
    case 'less_than':
      return compare(operand) < 0 ? null : { key: 'below', limit };
    case 'less_or_equal':
      return compare(operand) <= 0 ? null : { key: 'most', limit };
    case 'in_range':
      return outOfRange(operand, compare);
    case 'valid_values':
      return asList(operand).some((allowed) => same(value, allowed, by.isSize)) ? null : { key: 'oneOf', values: limit };
    case 'length':
      return lengthFault('length', operand, value, (has, count) => has === count);
    case 'min_length':
      return lengthFault('minLength', operand, value, (has, count) => has >= count);
    case 'max_length':
      return lengthFault('maxLength', operand, value, (has, count) => has <= count);
    case 'pattern':
      return by.matches(String(operand), String(value)) ? null : { key: 'pattern', pattern: String(operand) };
  }
}

function outOfRange(operand: unknown, compare: (other: unknown) => number): Fault | null {
  const [low, high] = asList(operand);
  const below = low !== 'UNBOUNDED' && !(compare(low) >= 0);
  const above = high !== 'UNBOUNDED' && !(compare(high) <= 0);
  if (!below && !above) return null;
  if (high === 'UNBOUNDED') return { key: 'least', limit: shown(low) };
  if (low === 'UNBOUNDED') return { key: 'most', limit: shown(high) };
  return { key: 'range', min: shown(low), max: shown(high) };
}

function lengthFault(
  key: 'length' | 'minLength' | 'maxLength',
  operand: unknown,
  value: unknown,
  keeps: (has: number, count: number) => boolean,
): Fault | null {
  const has = lengthOf(value);
  const count = Number(operand);
  return keeps(has, count) ? null : { key, count, has, of: typeof value === 'string' ? 'characters' : 'elements' };
}

/** Orders two amounts: below, at or above zero. NaN, which compares false with everything, where they can't be compared. */
export function order(value: unknown, other: unknown, isSize: boolean): number {
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

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return value === '' ? 'empty' : String(value);
}
