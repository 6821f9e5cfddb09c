import type { ValueSchema } from '@/lib/inputs/values';
import { type Cursor, noWords, yesWords } from './cursor';
import type { Located } from './located';

/**
 * A plain value as its type means it: text that YAML took for a number (`1.10`), a switch in the words of YAML 1.1 (`yes`), a number
 * in quotes. Functions and what is something else altogether stay as they are.
 * @param cursor of the value, which is told where something was taken for something else
 */
export function coerced(schema: ValueSchema, cursor: Cursor): Located {
  const { value } = cursor;
  if (value.kind === 'scalar') return scalar(schema.type, value, cursor);
  const { entry } = schema;
  if (!entry) return value;
  if (value.kind === 'list' && schema.type === 'list') return { ...value, items: cursor.items().map((item) => coerced(entry, item)) };
  if (value.kind === 'map' && schema.type === 'map')
    return { ...value, entries: new Map(cursor.entries().map(([key, item]) => [key, coerced(entry, item)])) };
  return value;
}

function scalar(type: string, value: Located & { kind: 'scalar' }, cursor: Cursor): Located {
  if (type === 'string' && (typeof value.value === 'number' || typeof value.value === 'boolean')) return { ...value, value: value.source };
  if (typeof value.value !== 'string') return value;
  const word = value.value.trim().toLowerCase();
  if (type === 'boolean' && (yesWords.has(word) || noWords.has(word))) {
    cursor.warn(`"${value.value}" is taken for ${yesWords.has(word)}; YAML 1.2 writes true or false.`);
    return { ...value, value: yesWords.has(word) };
  }
  if ((type === 'integer' || type === 'float') && /^-?\d+(?:\.\d+)?$/.test(word)) {
    cursor.warn(`The text "${value.value}" is taken for a number; it needs no quotes.`);
    return { ...value, value: Number(word) };
  }
  return value;
}
