import type { InputDefinition } from '@/lib/tosca/template';
import type { Condition } from '../recipe';
import type { InputValues } from '../types';

/**
 * Reads `input=value`, as `enabled_by` has it.
 * @returns the condition, or a sentence that says what is wrong
 */
export function parseCondition(text: string, inputs: Map<string, InputDefinition>): Condition | string {
  const match = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$/.exec(text);
  const input = inputs.get(match?.[1] ?? '');
  if (!match) return `"${text}" is no condition; write input=value.`;
  if (!input) return `There is no input ${match[1]}.`;
  const value = match[2] ?? '';
  if (input.schema.type === 'boolean') return { input: input.name, equals: value === 'true' };
  if (input.schema.type === 'integer' || input.schema.type === 'float') return { input: input.name, equals: Number(value) };
  return { input: input.name, equals: value };
}

/** Whether all conditions hold for these inputs. */
export function holds(conditions: readonly Condition[], values: InputValues): boolean {
  return conditions.every(({ input, equals }) => values[input] === equals);
}
