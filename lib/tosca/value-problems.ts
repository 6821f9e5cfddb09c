import { matches } from '@/lib/inputs/pattern';
import { sentence } from '@/lib/inputs/sentence';
import { type ValueSchema, valueFaults } from '@/lib/inputs/values';

/** What is wrong with a value that a template itself gives, as sentences. */
export function valueProblems(schema: ValueSchema, value: unknown): string[] {
  return valueFaults(schema, value, matches).map(sentence);
}
