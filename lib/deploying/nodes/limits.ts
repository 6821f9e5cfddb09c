/** What one node may have Transat keep: it is told by machines that anybody may have taken over. */
export const limits = {
  /** characters of one value that a step hands back */
  output: 64 * 1024,
  /** characters of all of them, as they are kept (sealed ones are a third longer) */
  outputs: 256 * 1024,
  /** bytes of what its steps print */
  logBytes: 16 * 1024 * 1024,
  /** lines in the deployment's history */
  events: 500,
} as const;

/** The outputs of a node with some more, as far as there is room, and the names of those for which there is none. Pure. */
export function keepOutputs(
  before: Record<string, string>,
  values: Record<string, string>,
): { outputs: Record<string, string>; tooLarge: string[] } {
  const outputs = { ...before };
  const tooLarge: string[] = [];
  let size = sizeOf(before);
  for (const [name, value] of Object.entries(values)) {
    const next = size + name.length + value.length - (name in outputs ? name.length + (outputs[name]?.length ?? 0) : 0);
    if (next > limits.outputs) tooLarge.push(name);
    else {
      outputs[name] = value;
      size = next;
    }
  }
  return { outputs, tooLarge };
}

/** The values that are wanted and not too large by themselves, and the names of wanted ones that are. Pure. */
export function pickOutputs(
  values: Record<string, string>,
  wanted: ReadonlySet<string>,
): { values: Record<string, string>; tooLarge: string[] } {
  const named = Object.entries(values).filter(([name]) => wanted.has(name));
  return {
    values: Object.fromEntries(named.filter(([, value]) => value.length <= limits.output)),
    tooLarge: named.filter(([, value]) => value.length > limits.output).map(([name]) => name),
  };
}

function sizeOf(values: Record<string, string>): number {
  return Object.entries(values).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

/** Of what was told, in its order, that for which there is room: the last of it, where there is none after, is `end`. Pure. */
export function withinRoom<T>(
  told: readonly T[],
  used: number,
  most: number,
  sizeOne: (item: T) => number,
  end: T,
): { kept: T[]; used: number } {
  const kept: T[] = [];
  for (const item of told) {
    if (used >= most) break;
    used += sizeOne(item);
    kept.push(used >= most ? end : item);
  }
  return { kept, used };
}
