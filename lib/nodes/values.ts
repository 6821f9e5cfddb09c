import type { Secret } from '@/lib/core/secret';
import type { Value } from './types';

/** A secret's parts by name; most kinds have the one part `value`. */
export type SecretParts = Secret<Record<string, string>>;

/** What is known so far of a deployment. What is absent is not known yet. */
export interface ValueContext {
  /** by node key; `public: null` where the node has no public address, absent where it is to get one */
  addresses: Record<string, { private?: string; public?: string | null; outgoing?: string }>;
  /** by the name that the plan gives the secret */
  secrets: Record<string, SecretParts>;
  /** by node key, what its steps wrote to $TRANSAT_OUTPUTS */
  stepOutputs: Record<string, Record<string, string>>;
}

/** What of it can be told without opening a secret. */
export interface Known {
  addresses: ValueContext['addresses'];
  /** by node key, the names of what its steps told */
  told: Record<string, ReadonlySet<string>>;
}

/** `secret`: the text holds a secret, so it must be masked wherever it is shown. */
export interface ResolvedValue {
  text: string;
  secret: boolean;
}

/**
 * A plan's value as text.
 * @returns `not-yet` while an address or a step's output that it needs is not known
 * @throws Error if the plan names a secret or part that was never made: a fault of the planner, not of a person
 */
export function resolveValue(value: Value, context: ValueContext): ResolvedValue | 'not-yet' {
  if (typeof value === 'string') return { text: value, secret: false };
  if ('concat' in value) return joined(value.concat, '', context);
  if ('join' in value) return joined(value.join, value.separator, context);
  if ('address' in value) return known(addressOf(value, context));
  if ('secret' in value) return { text: secretText(value, context), secret: true };
  return known(context.stepOutputs[value.node]?.[value.stepOutput]);
}

/** Whether {@link resolveValue} would give text: all addresses and outputs that the value needs are there. */
export function isKnown(value: Value, known: Known): boolean {
  if (typeof value === 'string' || 'secret' in value) return true;
  if ('concat' in value) return value.concat.every((part) => isKnown(part, known));
  if ('join' in value) return value.join.every((part) => isKnown(part, known));
  if ('address' in value) return known.addresses[value.node]?.[value.address] !== undefined;
  return known.told[value.node]?.has(value.stepOutput) ?? false;
}

/** The names of the secrets that a value needs, each once. */
export function secretsIn(value: Value): string[] {
  if (typeof value === 'string') return [];
  const inner = 'concat' in value ? value.concat : 'join' in value ? value.join : [];
  return [...new Set([...inner.flatMap(secretsIn), ...('secret' in value ? [value.secret] : [])])];
}

function joined(values: Value[], separator: string, context: ValueContext): ResolvedValue | 'not-yet' {
  const parts: ResolvedValue[] = [];
  for (const value of values) {
    const part = resolveValue(value, context);
    if (part === 'not-yet') return 'not-yet';
    parts.push(part);
  }
  return { text: parts.map((part) => part.text).join(separator), secret: parts.some((part) => part.secret) };
}

function known(text: string | undefined): ResolvedValue | 'not-yet' {
  return text === undefined ? 'not-yet' : { text, secret: false };
}

function addressOf(value: { address: 'private' | 'public' | 'outgoing'; node: string }, context: ValueContext): string | undefined {
  const found = context.addresses[value.node]?.[value.address];
  return found === null ? '' : found;
}

// Without a part: the secret itself, the private half of a key pair, or a CA's certificate with its key below.
function secretText(value: { secret: string; part?: string }, context: ValueContext): string {
  const parts = context.secrets[value.secret]?.reveal();
  if (!parts) throw new Error(`The plan names a secret ${value.secret} that was not made.`);
  const text = value.part === undefined ? (parts.value ?? parts.private ?? certificateWithKey(parts)) : parts[value.part];
  if (text === undefined) throw new Error(`The secret ${value.secret} has no part ${value.part ?? 'value'}.`);
  return text;
}

function certificateWithKey({ cert, key }: Record<string, string>): string | undefined {
  return cert !== undefined && key !== undefined ? `${cert}${key}` : undefined;
}
