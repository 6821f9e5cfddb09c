import type { Located, LocatedMap } from '@/lib/tosca/located';
import type { TypeSystem } from '@/lib/tosca/types';
import { requirementsOf } from '../combining/rewrite';

/** An operation that a node template names itself. */
interface NamedOperation {
  implementation: string;
  inputs: Located | undefined;
}

/** The entry at the end of a path of keys. */
export function entryAt(value: Located | undefined, ...path: string[]): Located | undefined {
  let current = value;
  for (const key of path) current = current?.kind === 'map' ? current.entries.get(key) : undefined;
  return current;
}

export const textAt = (value: Located | undefined, ...path: string[]): string | undefined => {
  const entry = entryAt(value, ...path);
  return entry?.kind === 'scalar' && entry.value !== null ? String(entry.value) : undefined;
};

/** The node templates of a template's file. */
export function nodesOf(root: Located): Map<string, Located> {
  const nodes = entryAt(root, 'topology_template', 'node_templates');
  return nodes?.kind === 'map' ? nodes.entries : new Map();
}

/** The operations that a node template names itself, of all its interfaces. */
export function operationsIn(node: Located): NamedOperation[] {
  return eachOf(entryAt(node, 'interfaces')).flatMap((face) =>
    eachOf(entryAt(face, 'operations') ?? face).flatMap((operation) => {
      const named = entryAt(operation, 'implementation') ?? operation;
      const script = entryAt(named, 'primary') ?? named;
      return script.kind === 'scalar' ? [{ implementation: String(script.value), inputs: entryAt(operation, 'inputs') }] : [];
    }),
  );
}

const eachOf = (value: Located | undefined): Located[] => (value?.kind === 'map' ? [...value.entries.values()] : []);

/** The machines that a node template is on, at the end of its line of hosts. */
export function machinesOf(name: string, nodes: ReadonlyMap<string, Located>, types: TypeSystem): string | undefined {
  let current = name;
  for (let depth = 0; depth < 16; depth += 1) {
    const node = nodes.get(current);
    if (node && types.isA(types.nameOf(textAt(node, 'type') ?? ''), 'tosca.nodes.Compute')) return current;
    const host = node && requirementsOf(node).find(({ kind }) => kind === 'host')?.target;
    if (host === undefined) return undefined;
    current = host;
  }
  return undefined;
}

export const scalar = (value: string | number | boolean, at: Located['at']): Located => ({
  kind: 'scalar',
  at,
  value,
  source: String(value),
});
export const list = (items: Located[], at: Located['at']): Located => ({ kind: 'list', at, items });
export const map = (entries: Iterable<[string, Located]>, at: Located['at']): LocatedMap => ({
  kind: 'map',
  at,
  entries: new Map(entries),
});

/** A map with what it has not yet; what is no map stays as it is. */
export function joined(value: Located, more: ReadonlyMap<string, Located>): Located {
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries, ...[...more].filter(([key]) => !value.entries.has(key))]) };
}

/** A template in which these sections are maps, also where it says nothing of them. */
export function withMaps(root: Located, sections: Record<string, readonly string[]>): Located {
  const ensured = (value: Located | undefined, keys: readonly string[]): LocatedMap => {
    const entries = value?.kind === 'map' ? value.entries : [];
    const there = map(entries, value?.at ?? root.at);
    for (const key of keys) if (there.entries.get(key)?.kind !== 'map') there.entries.set(key, map([], there.at));
    return there;
  };
  const whole = ensured(root, []);
  for (const [section, keys] of Object.entries(sections)) whole.entries.set(section, ensured(whole.entries.get(section), keys));
  return whole;
}
