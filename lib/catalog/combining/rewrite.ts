import type { Located, LocatedMap } from '@/lib/tosca/located';

/** Functions whose first argument is a node template's name. */
export const ofNodes: ReadonlySet<string> = new Set(['get_property', 'get_attribute']);

/** A map whose entries are changed, or left out where nothing comes back; what is no map stays as it is. */
export function eachEntry(value: Located, change: (key: string, entry: Located) => Located | undefined): Located {
  if (value.kind !== 'map') return value;
  const entries: LocatedMap['entries'] = new Map();
  for (const [key, entry] of value.entries) {
    const changed = change(key, entry);
    if (changed) entries.set(key, changed);
  }
  return { ...value, entries };
}

/** A map of which the entries that `changes` names are changed, or left out. */
export function inMap(value: Located, changes: Record<string, (entry: Located) => Located | undefined>): Located {
  const known = new Map(Object.entries(changes));
  return eachEntry(value, (key, entry) => {
    const change = known.get(key);
    return change ? change(entry) : entry;
  });
}

/** Another text in the place of one; what is no text stays as it is. */
export function mapText(value: Located, change: (text: string) => string): Located {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return value;
  const text = change(value.value);
  return { ...value, value: text, source: text };
}

/** The argument of a function with another name in the place of its first, which may be all of it. */
export function mapFirst(argument: Located, change: (name: string) => string): Located {
  if (argument.kind === 'list')
    return { ...argument, items: argument.items.map((item, index) => (index === 0 ? mapText(item, change) : item)) };
  return mapText(argument, change);
}

/** What a requirement leads to (`{host: name}`, `{host: {node: name}}`) under another name. */
export function mapTarget(target: Located, change: (name: string) => string): Located {
  return target.kind === 'map' ? inMap(target, { node: (name) => mapText(name, change) }) : mapText(target, change);
}

/** What a node template requires: `host`, `dependency` and the like, and the name of the node template that fulfils it. */
export function requirementsOf(node: Located): { kind: string; target: string }[] {
  const requirements = node.kind === 'map' ? node.entries.get('requirements') : undefined;
  return (requirements?.kind === 'list' ? requirements.items : []).flatMap((item) =>
    (item.kind === 'map' ? [...item.entries] : []).flatMap(([kind, to]) => {
      const target = targetOf(to);
      return target === undefined ? [] : [{ kind, target }];
    }),
  );
}

/** The name that a requirement leads to. */
export function targetOf(target: Located): string | undefined {
  const name = target.kind === 'map' ? target.entries.get('node') : target;
  return name?.kind === 'scalar' ? String(name.value) : undefined;
}
