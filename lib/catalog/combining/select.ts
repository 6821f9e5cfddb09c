import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located, LocatedMap } from '@/lib/tosca/located';
import { mostNodes } from '@/lib/tosca/read-template';
import type { RecipeSource } from '../source';
import { eachEntry, inMap, mapFirst, mapTarget, ofNodes, requirementsOf, targetOf } from './rewrite';

/** Groups that an add-on stands for by their role, by the name that it gives them: `every: [controller, workers]`. */
type Selection = ReadonlyMap<string, readonly string[]>;
/** What each software of the add-on that is on selected groups is called on each of them. */
type Copies = ReadonlyMap<string, readonly { name: string; group: string }[]>;

const anyRole = 'every';
const ofMachines = /(?:^|\.)(?:Compute|Node)$/;

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
  const diagnostics = new Diagnostics();
  const selectors = selectorsOf(addOn.root, diagnostics);
  if (selectors.size === 0) return { ok: true, source: addOn };
  const groups = groupsOf(root);
  const selection: Selection = new Map([...selectors].map(([name, role]) => [name, chosen(groups, role)]));
  const missing = [...selectors].flatMap(([name, role]) => ((selection.get(name) ?? []).length === 0 ? [`${name} (${role})`] : []));
  if (missing.length > 0) diagnostics.add(addOn.root.at, `The recipe has no group for ${missing.join(', ')}.`);
  const copies = copiesOf(addOn.root, selection);
  const software = [...copies.values()].flat().length;
  if (software > mostNodes)
    diagnostics.add(addOn.root.at, `On all the groups that are selected these are ${software}; there may be ${mostNodes}.`);
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const bound = inMap(addOn.root, {
    topology_template: (topology) =>
      eachEntry(topology, (key, value) =>
        key === 'node_templates' ? bindNodes(value, selection, copies, diagnostics) : bindCalls(value, selection, copies),
      ),
  });
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const downloads = addOn.downloads.map((download) => ({
    ...download,
    for: download.for.flatMap((user) => copies.get(user)?.map(({ name }) => name) ?? [user]),
  }));
  return { ok: true, source: { ...addOn, root: bound, downloads } };
}

function topologyOf(root: Located, diagnostics = new Diagnostics()): Cursor | undefined {
  return new Cursor(root, '', diagnostics).get('topology_template');
}

function selectorsOf(root: Located, diagnostics = new Diagnostics()): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, node] of topologyOf(root, diagnostics)?.get('node_templates')?.entries() ?? [])
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
    return ofMachines.test(type) ? [[name, node.get('metadata')?.get('role')?.text() ?? 'node']] : [];
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

const hostOf = (node: Located): string | undefined => requirementsOf(node).find(({ kind }) => kind === 'host')?.target;

function bindNodes(nodes: Located, selection: Selection, copies: Copies, diagnostics: Diagnostics): Located {
  if (nodes.kind !== 'map') return nodes;
  const entries: LocatedMap['entries'] = new Map();
  const put = (name: string, node: Located) => {
    const there = entries.get(name);
    if (there && saysSomething(there) && saysSomething(node))
      diagnostics.add(node.at, `${name} is said of here and in line ${there.at.line}; say it in one place, or under another name.`);
    if (!there || saysSomething(node)) entries.set(name, node);
  };
  for (const [name, node] of nodes.entries) {
    const groups = selection.get(name);
    const own = copies.get(name);
    if (groups) for (const group of groups) put(group, bindCalls(saidOfGroup(node), selection, copies));
    else if (own) for (const copy of own) put(copy.name, bindSoftware(node, copy.group, selection, copies));
    else put(name, bindSoftware(node, undefined, selection, copies));
  }
  return { ...nodes, entries };
}

const saysSomething = (node: Located) => node.kind !== 'map' || node.entries.size > 0;

// What makes it a selector is not said of the groups, nor what they are.
const nothing = () => undefined;
const saidOfGroup = (node: Located) => inMap(node, { type: nothing, directives: nothing, metadata: nothing });

function bindSoftware(node: Located, group: string | undefined, selection: Selection, copies: Copies): Located {
  return inMap(bindCalls(node, selection, copies), {
    requirements: (list) =>
      list.kind === 'list' ? { ...list, items: list.items.flatMap((item) => bindRequirement(item, group, copies)) } : list,
  });
}

function bindRequirement(item: Located, group: string | undefined, copies: Copies): Located[] {
  const [[kind = '', target] = []] = item.kind === 'map' ? item.entries : [];
  if (!target) return [item];
  const withTarget = (name: string) => eachEntry(item, (each, to) => (each === kind ? mapTarget(to, () => name) : to));
  if (kind === 'host' && group !== undefined) return [withTarget(group)];
  const all = copies.get(targetOf(target) ?? '');
  // of what it depends on, that on its own machines comes before it
  const own = all?.filter((copy) => copy.group === group) ?? [];
  return all ? (own.length > 0 ? own : all).map(({ name }) => withTarget(name)) : [item];
}

/** A value in which functions name groups of the recipe, and software by what it is called there. */
function bindCalls(value: Located, selection: Selection, copies: Copies): Located {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => bindCalls(item, selection, copies)) };
  if (value.kind === 'scalar') return value;
  const [[call = '', argument] = []] = value.entries;
  if (value.entries.size === 1 && argument) {
    if (ofNodes.has(call)) return callOn(value, call, argument, (name) => selection.get(name)?.[0] ?? copies.get(name)?.[0]?.name ?? name);
    const overAll = call === 'join' ? joinOverAll(value, argument, selection) : undefined;
    if (overAll) return overAll;
  }
  return eachEntry(value, (_key, entry) => bindCalls(entry, selection, copies));
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

const callOn = (value: LocatedMap, call: string, argument: Located, change: (name: string) => string): Located => ({
  ...value,
  entries: new Map([[call, mapFirst(argument, change)]]),
});
