import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located, LocatedMap } from '@/lib/tosca/located';
import type { RecipeSource } from '../source';

/** Groups that an add-on stands for by their role, by the name that it gives them: `every: [controller, workers]`. */
type Selection = ReadonlyMap<string, readonly string[]>;
/** What each software of the add-on that is on selected groups is called on each of them. */
type Copies = ReadonlyMap<string, readonly { name: string; group: string }[]>;

const anyRole = 'every';
const ofMachines = /(?:^|\.)(?:Compute|Node)$/;
const ofNodes = new Set(['get_property', 'get_attribute']);

/** Whether an add-on is for groups of whatever recipe, by their role: it has a node template with TOSCA's directive `select` (Simple Profile 1.3, 3.4.3). */
export function selects({ root }: Pick<RecipeSource, 'root'>): boolean {
  return selectorsOf(root).size > 0;
}

/** Whether a recipe has what an add-on selects: groups of each role, that go to one site together. */
export function offersSelected(addOn: Pick<RecipeSource, 'root'>, { root }: Pick<RecipeSource, 'root'>): boolean {
  const groups = groupsOf(root);
  const apart = topologyOf(root)?.get('policies')?.items() ?? [];
  return apart.length === 0 && [...selectorsOf(addOn.root).values()].every((role) => chosen(groups, role).length > 0);
}

/**
 * An add-on with the groups of a recipe in the place of those that it selects: its software is on each of them (`exporter` on `every` is
 * `exporter_controller` and `exporter_workers`; where there is one group, its name stays), what it says of the selected is said of each, and a `join` over
 * their attributes is one over all.
 * @param root the recipe, with all add-ons that select nothing
 */
export function bindSelected(
  addOn: RecipeSource,
  root: Located,
): { ok: true; source: RecipeSource } | { ok: false; diagnostics: Diagnostic[] } {
  const groups = groupsOf(root);
  const selectors = selectorsOf(addOn.root);
  if (selectors.size === 0) return { ok: true, source: addOn };
  const selection: Selection = new Map([...selectors].map(([name, role]) => [name, chosen(groups, role)]));
  const missing = [...selectors].flatMap(([name, role]) => ((selection.get(name) ?? []).length === 0 ? [`${name} (${role})`] : []));
  if (missing.length > 0)
    return { ok: false, diagnostics: [{ at: addOn.root.at, message: `The recipe has no group for ${missing.join(', ')}.` }] };
  const copies = copiesOf(addOn.root, selection);
  const bound = inPath(addOn.root, ['topology_template'], (topology) =>
    inMap(topology, (key, value) => (key === 'node_templates' ? bindNodes(value, selection, copies) : bindCalls(value, selection, copies))),
  );
  const downloads = addOn.downloads.map((download) => ({
    ...download,
    for: download.for.flatMap((user) => copies.get(user)?.map(({ name }) => name) ?? [user]),
  }));
  return { ok: true, source: { ...addOn, root: bound, downloads } };
}

function topologyOf(root: Located): Cursor | undefined {
  return new Cursor(root, '', new Diagnostics()).get('topology_template');
}

function selectorsOf(root: Located): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, node] of topologyOf(root)?.get('node_templates')?.entries() ?? [])
    if (isSelector(node)) found.set(name, node.get('metadata')?.get('role')?.text() ?? anyRole);
  return found;
}

function isSelector(node: Cursor): boolean {
  const { value } = node.get('directives') ?? {};
  return value?.kind === 'list' && value.items.some((item) => item.kind === 'scalar' && item.value === 'select');
}

function groupsOf(root: Located): [name: string, role: string][] {
  return (topologyOf(root)?.get('node_templates')?.entries() ?? []).flatMap(([name, node]): [string, string][] => {
    const type = node.get('type')?.text() ?? '';
    return ofMachines.test(type) && !isSelector(node) ? [[name, node.get('metadata')?.get('role')?.text() ?? 'node']] : [];
  });
}

const chosen = (groups: [name: string, role: string][], wanted: string) =>
  groups.flatMap(([name, role]) => (wanted === anyRole || role === wanted ? name : []));

function copiesOf(root: Located, selection: Selection): Copies {
  const copies = new Map<string, { name: string; group: string }[]>();
  for (const [name, node] of topologyOf(root)?.get('node_templates')?.entries() ?? []) {
    const groups = selection.get(hostOf(node.value) ?? '');
    if (groups)
      copies.set(
        name,
        groups.map((group) => ({ name: groups.length === 1 ? name : `${name}_${group}`, group })),
      );
  }
  return copies;
}

function hostOf(node: Located): string | undefined {
  const requirements = node.kind === 'map' ? node.entries.get('requirements') : undefined;
  if (requirements?.kind !== 'list') return undefined;
  for (const item of requirements.items) {
    const host = item.kind === 'map' ? item.entries.get('host') : undefined;
    if (host) return targetOf(host);
  }
  return undefined;
}

const targetOf = (target: Located): string | undefined => {
  const name = target.kind === 'map' ? target.entries.get('node') : target;
  return name?.kind === 'scalar' ? String(name.value) : undefined;
};

function bindNodes(nodes: Located, selection: Selection, copies: Copies): Located {
  if (nodes.kind !== 'map') return nodes;
  const entries: LocatedMap['entries'] = new Map();
  for (const [name, node] of nodes.entries) {
    const groups = selection.get(name);
    const own = copies.get(name);
    if (groups) for (const group of groups) entries.set(group, bindCalls(saidOfGroup(node), selection, copies));
    else if (own) for (const copy of own) entries.set(copy.name, bindSoftware(node, copy.group, selection, copies));
    else entries.set(name, bindSoftware(node, undefined, selection, copies));
  }
  return { ...nodes, entries };
}

// What makes it a selector is not said of the groups, nor what they are.
const saidOfGroup = (node: Located) => inMap(node, (key, value) => (['type', 'directives', 'metadata'].includes(key) ? undefined : value));

function bindSoftware(node: Located, group: string | undefined, selection: Selection, copies: Copies): Located {
  return inMap(bindCalls(node, selection, copies), (key, value) => {
    if (key !== 'requirements' || value.kind !== 'list') return value;
    const items = value.items.flatMap((item) => {
      const [[kind = '', target] = []] = item.kind === 'map' ? item.entries : [];
      if (item.kind !== 'map' || !target) return [item];
      if (kind === 'host' && group !== undefined) return [withTarget(item, kind, target, group)];
      const all = copies.get(targetOf(target) ?? '');
      // of what it depends on, that on its own machines comes before it
      const own = all?.filter((copy) => copy.group === group) ?? [];
      return all ? (own.length > 0 ? own : all).map(({ name }) => withTarget(item, kind, target, name)) : [item];
    });
    return { ...value, items };
  });
}

function withTarget(item: LocatedMap, kind: string, target: Located, name: string): Located {
  const scalar: Located = { kind: 'scalar', at: target.at, value: name, source: name };
  return {
    ...item,
    entries: new Map([[kind, target.kind === 'map' ? inMap(target, (key, value) => (key === 'node' ? scalar : value)) : scalar]]),
  };
}

/** A value in which functions name groups of the recipe, and software by what it is called there. */
function bindCalls(value: Located, selection: Selection, copies: Copies): Located {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => bindCalls(item, selection, copies)) };
  if (value.kind === 'scalar') return value;
  const [[call = '', argument] = []] = value.entries;
  if (value.entries.size === 1 && argument) {
    if (ofNodes.has(call)) return callOn(value, call, argument, (name) => selection.get(name)?.[0] ?? copies.get(name)?.[0]?.name);
    const overAll = call === 'join' ? joinOverAll(value, argument, selection) : undefined;
    if (overAll) return overAll;
  }
  return inMap(value, (_key, entry) => bindCalls(entry, selection, copies));
}

// `join: [{get_attribute: [every, hostname]}, ","]`: the groups' own, joined.
function joinOverAll(value: LocatedMap, argument: Located, selection: Selection): Located | undefined {
  const [list, ...others] = argument.kind === 'list' ? argument.items : [];
  if (list?.kind !== 'map' || list.entries.size !== 1) return undefined;
  const [[call = '', of] = []] = list.entries;
  const groups = of && ofNodes.has(call) ? selection.get(firstOf(of) ?? '') : undefined;
  if (!of || !groups) return undefined;
  const each = groups.map((group) => joinOf(value, [callOn(list, call, of, () => group), ...others]));
  return each.length === 1 ? each[0] : joinOf(value, [{ kind: 'list', at: list.at, items: each }, ...others]);
}

const joinOf = (value: LocatedMap, items: Located[]): Located => ({
  ...value,
  entries: new Map([['join', { kind: 'list', at: value.at, items }]]),
});

function firstOf(argument: Located): string | undefined {
  const first = argument.kind === 'list' ? argument.items[0] : undefined;
  return first?.kind === 'scalar' ? String(first.value) : undefined;
}

function callOn(value: LocatedMap, call: string, argument: Located, change: (name: string) => string | undefined): Located {
  if (argument.kind !== 'list') return value;
  const [first, ...others] = argument.items;
  const name = first?.kind === 'scalar' ? change(String(first.value)) : undefined;
  if (!first || name === undefined) return value;
  return {
    ...value,
    entries: new Map([[call, { ...argument, items: [{ kind: 'scalar', at: first.at, value: name, source: name }, ...others] }]]),
  };
}

function inPath(value: Located, [key, ...deeper]: string[], change: (found: Located) => Located): Located {
  if (key === undefined) return change(value);
  return inMap(value, (name, entry) => (name === key ? inPath(entry, deeper, change) : entry));
}

function inMap(value: Located, change: (key: string, entry: Located) => Located | undefined): Located {
  if (value.kind !== 'map') return value;
  const entries: LocatedMap['entries'] = new Map();
  for (const [key, entry] of value.entries) {
    const changed = change(key, entry);
    if (changed) entries.set(key, changed);
  }
  return { ...value, entries };
}
