import type { AgentMessage } from '@/lib/nodes/protocol';

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
  /** secret values that are sealed, each a call to where secrets are kept */
  seals: 100,
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

/**
 * The values of each message that are to be sealed: of those of one name only the last, and no more in all than there is room for.
 * @returns the others are left out of `messages`, and those for which there is no room named by the message's `seq`
 */
export function pickSecrets(
  messages: readonly AgentMessage[],
  secret: ReadonlySet<string>,
  room: number,
): { messages: AgentMessage[]; left: Map<number, string[]>; seals: number } {
  const last = new Map<string, number>();
  for (const message of messages)
    if (message.type === 'outputs') for (const name of Object.keys(message.values)) last.set(name, message.seq);
  const left = new Map<number, string[]>();
  let seals = 0;
  const picked = messages.map((message): AgentMessage => {
    if (message.type !== 'outputs') return message;
    const values = Object.entries(message.values).filter(([name]) => {
      if (!secret.has(name)) return true;
      if (last.get(name) !== message.seq) return false;
      if (seals < room) return ++seals > 0;
      left.set(message.seq, [...(left.get(message.seq) ?? []), name]);
      return false;
    });
    return { ...message, values: Object.fromEntries(values) };
  });
  return { messages: picked, left, seals };
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
