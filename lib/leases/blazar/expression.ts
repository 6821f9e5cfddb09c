import type { Condition, Host } from '../types';

/**
 * Conditions as Blazar takes them: one, or a flat `and`. Its `==` is a 500 at Chameleon, where `=` means the same everywhere.
 */
export function expressionOf(conditions: readonly Condition[]): string {
  const parts = conditions.map(({ name, op, value }) => [op, `$${name}`, value]);
  if (parts.length === 0) return '';
  return JSON.stringify(parts.length === 1 ? parts[0] : ['and', ...parts]);
}

/** The condition that only one host meets. */
export function exactly({ uid, properties }: Pick<Host, 'uid' | 'properties'>): Condition {
  const name = ['uid', 'node_name', 'hypervisor_hostname'].find((key) => properties[key] === uid) ?? 'uid';
  return { name, op: '=', value: uid };
}
