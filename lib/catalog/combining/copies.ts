import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located } from '@/lib/tosca/located';
import type { RecipeDownload } from '../recipe';
import type { Copy, RecipeSource } from '../source';
import { type MergeResult, mergeTemplates } from './merge';
import { eachEntry, inMap, mapFirst, mapTarget, mapText, ofNodes } from './rewrite';

const ofInputs = new Set(['get_input', 'get_secret']);
const places = new Set(['SELF', 'HOST', 'SOURCE', 'TARGET']);

/** How the names of a copy follow from those of what is copied. */
interface Naming {
  node(name: string): string;
  input(name: string): string;
  hostname: string;
  label: string;
}

/**
 * The template of a recipe that holds others once for each of its parts: all of theirs under names that begin with the part's (`europe_control_plane`),
 * with the recipe on top. What is generated is each part's own, and so are the inputs that `own` names; all others are asked once. Scripts stay where they are.
 * @param originals what is copied, by id
 * @param show a file as messages name it
 */
export function withCopies(
  source: RecipeSource,
  originals: ReadonlyMap<string, RecipeSource>,
  show: (file: string) => string,
): { ok: true; source: RecipeSource } | { ok: false; diagnostics: Diagnostic[] } {
  let root: Located | undefined;
  const downloads: RecipeDownload[] = source.downloads.map((download) => ({ ...download }));
  for (const copy of source.copies ?? []) {
    const original = originals.get(copy.of);
    if (!original || (original.copies ?? []).length > 0 || original.extends.length > 0)
      return {
        ok: false,
        diagnostics: [{ at: source.root.at, message: `What ${copy.name} is a copy of, ${copy.of}, is no recipe that stands alone.` }],
      };
    const naming = namingOf(copy, original.root, source.ownInputs ?? []);
    const renamed = renameTemplate(original.root, naming);
    const merged: MergeResult = root ? mergeTemplates(root, renamed, show) : { ok: true, root: renamed, specialised: [] };
    if (!merged.ok) return merged;
    root = merged.root;
    for (const { for: users, ...download } of original.downloads) {
      const known = downloads.find(({ url }) => url === download.url);
      const own = users.map(naming.node);
      if (known) known.for = users.length === 0 ? [] : [...known.for, ...own];
      else downloads.push({ ...download, for: own });
    }
  }
  if (!root) return { ok: true, source };
  const whole = mergeTemplates(root, source.root, show, { onTop: true });
  return whole.ok ? { ok: true, source: { ...source, root: whole.root, downloads } } : whole;
}

function namingOf({ name: prefix, label }: Copy, root: Located, ownInputs: readonly string[]): Naming {
  const about = new Cursor(root, '', new Diagnostics()).get('metadata')?.get('inputs');
  const own = new Set(ownInputs);
  for (const [name, entry] of about?.entries() ?? []) if (entry.get('generated') || entry.get('secret')?.boolean()) own.add(name);
  return {
    node: (name) => `${prefix}_${name}`,
    input: (name) => (own.has(name) ? `${prefix}_${name}` : name),
    hostname: `${prefix.replaceAll('_', '-')}-`,
    label: `${label}: `,
  };
}

function renameTemplate(root: Located, naming: Naming): Located {
  return inMap(root, {
    metadata: (metadata) =>
      inMap(metadata, {
        inputs: (inputs) => renameKeys(inputs, naming.input, (entry, name) => about(entry, naming, naming.input(name) !== name)),
        outputs: (outputs) => renameKeys(outputs, naming.node, (entry) => about(entry, naming, true)),
        tabs: (tabs) => renameTabs(tabs, naming),
      }),
    topology_template: (topology) =>
      inMap(topology, {
        inputs: (inputs) => renameKeys(inputs, naming.input, (entry) => entry),
        node_templates: (nodes) => renameKeys(nodes, naming.node, (node) => renameNode(node, naming)),
        outputs: (outputs) => renameKeys(outputs, naming.node, (output) => renameCalls(output, naming)),
        // where a part goes is said by the recipe that has it
        policies: () => undefined,
      }),
  });
}

function renameNode(node: Located, naming: Naming): Located {
  return inMap(renameCalls(node, naming), {
    metadata: (metadata) => about(metadata, naming, true),
    properties: (properties) => inMap(properties, { hostname: (name) => mapText(name, (text) => naming.hostname + text) }),
    requirements: (list) =>
      list.kind === 'list'
        ? { ...list, items: list.items.map((item) => eachEntry(item, (_kind, target) => mapTarget(target, naming.node))) }
        : list,
  });
}

/** What is said of an input, an output or a node. @param labelled whether its label names the part */
function about(entry: Located, naming: Naming, labelled: boolean): Located {
  return inMap(entry, {
    label: (label) => (labelled ? mapText(label, (text) => naming.label + text) : label),
    for_leaving: (group) => mapText(group, (text) => text.replaceAll(/[A-Za-z][\w-]*/g, naming.node)),
    enabled_by: (conditions) => inputsOf(conditions, naming),
    unless: (conditions) => inputsOf(conditions, naming),
    leaving_if: (conditions) => inputsOf(conditions, naming),
    elastic_if: (conditions) => inputsOf(conditions, naming),
    elastic_idle: (name) => mapText(name, naming.input),
  });
}

// `input=value`, several with commas between them
const inputsOf = (conditions: Located, naming: Naming): Located =>
  mapText(conditions, (text) => text.replaceAll(/([A-Za-z][\w-]*)(?=\s*=)/g, (name) => naming.input(name)));

// What is asked of each part stands in tabs of its own.
function renameTabs(tabs: Located, naming: Naming): Located {
  if (tabs.kind !== 'map') return tabs;
  const entries = new Map<string, Located>();
  for (const [tab, list] of tabs.entries) {
    if (list.kind !== 'list') continue;
    const isOwn = (item: Located) => item.kind === 'scalar' && naming.input(String(item.value)) !== item.value;
    const shared = list.items.filter((item) => !isOwn(item));
    const own = list.items.filter(isOwn).map((item) => mapText(item, naming.input));
    if (shared.length > 0) entries.set(tab, { ...list, items: shared });
    if (own.length > 0) entries.set(naming.label + tab, { ...list, items: own });
  }
  return { ...tabs, entries };
}

/** A value in which functions name the inputs and nodes of the copy. */
function renameCalls(value: Located, naming: Naming): Located {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => renameCalls(item, naming)) };
  if (value.kind === 'scalar') return value;
  return eachEntry(value, (key, argument) => {
    if (value.entries.size === 1 && ofInputs.has(key)) return mapFirst(argument, naming.input);
    if (value.entries.size === 1 && ofNodes.has(key)) return mapFirst(argument, (name) => (places.has(name) ? name : naming.node(name)));
    return renameCalls(argument, naming);
  });
}

function renameKeys(map: Located, change: (name: string) => string, inside: (entry: Located, name: string) => Located): Located {
  if (map.kind !== 'map') return map;
  return { ...map, entries: new Map([...map.entries].map(([name, entry]) => [change(name), inside(entry, name)])) };
}
