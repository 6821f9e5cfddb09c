import type { FormInput } from '@/lib/catalog/types';

/** What a control holds while one types: text, or the lines of a list, or on and off. */
export type RawValue = string | boolean | string[];

/** A recipe's default as its control shows it. */
export function rawOf(input: FormInput, value: unknown = input.default): RawValue {
  if (input.type === 'boolean') return value === true;
  if (value === undefined || value === null) return input.type === 'list' || input.type === 'map' ? [] : '';
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry)));
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, entry]) => `${name}=${typeof entry === 'object' ? JSON.stringify(entry) : String(entry)}`);
  }
  return String(value);
}

/** The value that is sent for what a control holds; `undefined` where it is empty and the recipe's default shall stand. */
export function answerOf(input: FormInput, raw: RawValue): unknown {
  if (typeof raw === 'boolean') return raw;
  if (Array.isArray(raw)) {
    const lines = raw.map((line) => line.trim()).filter(Boolean);
    if (input.type !== 'map') return lines.map(entryOf);
    return Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...rest] = line.split('=');
        return [name.trim(), entryOf(rest.join('=').trim())];
      }),
    );
  }
  const text = input.secret ? raw : raw.trim();
  if (text === '') return undefined;
  const number = Number(text);
  return (input.type === 'integer' || input.type === 'float') && Number.isFinite(number) ? number : text;
}

// An entry that was a number or an object in the recipe's default is one again.
function entryOf(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
