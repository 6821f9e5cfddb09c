/**
 * The keys of a JSON document as Go's decoder reads them: it does not mind their case. A map's keys are people's own and stay as they are.
 */
export type Shape = 'plain' | { fields: Record<string, Shape> } | { list: Shape } | { map: Shape };

/** The document with its known keys in the form that the shape names; unknown keys are left out, as Go does. */
export function decode(value: unknown, shape: Shape): unknown {
  if (shape === 'plain' || typeof value !== 'object' || value === null) return value;
  if ('list' in shape) return Array.isArray(value) ? value.map((item) => decode(item, shape.list)) : value;
  const entries = Object.entries(value);
  if ('map' in shape) return Object.fromEntries(entries.map(([key, inner]) => [key, decode(inner, shape.map)]));
  const found: Record<string, unknown> = {};
  for (const [key, inner] of entries) {
    const name = Object.keys(shape.fields).find((field) => field.toLowerCase() === key.toLowerCase());
    const child = name === undefined ? undefined : shape.fields[name];
    // null is what Go leaves a field's empty value for
    if (name !== undefined && child !== undefined && inner !== null) found[name] = decode(inner, child);
  }
  return found;
}

/** A shape of plain fields. */
export const fields = (names: string, more: Record<string, Shape> = {}): Shape => ({
  fields: { ...Object.fromEntries(names.split(' ').map((name) => [name, 'plain' as const])), ...more },
});
