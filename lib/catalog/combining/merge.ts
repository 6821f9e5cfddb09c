import { plain } from '@/lib/tosca/cursor';
import type { Diagnostic, Located, LocatedMap } from '@/lib/tosca/located';

const functionNames = new Set(['get_input', 'get_secret', 'get_property', 'get_attribute', 'get_artifact', 'concat', 'join', 'token']);
/** Parts of `metadata` that describe what the recipe holds, and so grow with it; the rest is the recipe's own. */
const sharedMetadata = new Set(['tabs', 'inputs', 'outputs']);
const ownKeys = new Set(['description', 'tosca_definitions_version']);

/** `specialised`: where the addition says otherwise than the recipe, and counts */
export type MergeResult = { ok: true; root: Located; specialised: Diagnostic[] } | { ok: false; diagnostics: Diagnostic[] };

/**
 * Puts an add-on to a recipe. What both define is merged where it is equal, joined where one only adds (maps, lists of
 * requirements, policies, tabs), else the combination is refused with both places named.
 * @param base root of the recipe's file, or of what was merged so far
 * @param addition root of the add-on's file
 * @param show a file as messages name it
 * @param rules `onTop`: `addition` is a recipe on top of `base`: its defaults of inputs count, and its tabs come first; `addOns`: files of add-ons:
 * what one of them says differs from another's, is refused, and from the recipe's, is what it is there for
 */
export function mergeTemplates(
  base: Located,
  addition: Located,
  show: (file: string) => string,
  rules: { onTop?: boolean; addOns?: ReadonlySet<string> } = {},
): MergeResult {
  const conflicts: Diagnostic[] = [];
  const specialised: Diagnostic[] = [];
  const conflict = (left: Located, right: Located, path: string[]): Located => {
    const there = `${show(left.at.file)}, line ${left.at.line}`;
    if (rules.addOns && !rules.addOns.has(left.at.file) && mayDiffer(path)) {
      specialised.push({ at: right.at, message: `${path.join('.')} is said here in the place of ${there}.` });
      return right;
    }
    conflicts.push({ at: right.at, message: `${path.join('.')} is defined here and otherwise in ${there}; the two can't be combined.` });
    return left;
  };
  const merge = (left: Located, right: Located, path: string[]): Located => {
    if (equal(left, right)) return left;
    if (rules.onTop && isDefault(path)) return right;
    // two ways to say what one thing is for: the first is shown
    if (left.kind === 'scalar' && right.kind === 'scalar' && path.at(-1) === 'description') return left;
    if (left.kind === 'map' && right.kind === 'map' && !isCall(left) && !isCall(right)) return mergeMaps(left, right, path);
    if (left.kind === 'list' && right.kind === 'list' && isJoined(path)) return { ...left, items: joinedItems(left.items, right.items) };
    return conflict(left, right, path);
  };
  const mergeMaps = (left: LocatedMap, right: LocatedMap, path: string[]): Located => {
    const entries = new Map(left.entries);
    for (const [key, value] of right.entries) {
      const existing = entries.get(key);
      if (isOwn([...path, key])) {
        if (!existing && path.length === 0) entries.set(key, value);
      } else if (existing && path.join('.') === 'metadata.tabs' && existing.kind !== value.kind) entries.set(`${key} (2)`, value);
      else entries.set(key, existing ? merge(existing, value, [...path, key]) : value);
    }
    const isTabs = path.join('.') === 'metadata.tabs';
    return {
      ...left,
      entries:
        rules.onTop && isTabs ? new Map([...right.entries, ...entries].map(([key, value]) => [key, entries.get(key) ?? value])) : entries,
    };
  };
  const root = merge(base, addition, []);
  return conflicts.length === 0 ? { ok: true, root, specialised } : { ok: false, diagnostics: conflicts };
}

// By their text, which is read once a value: each with each would take an hour for what a file may hold.
function joinedItems(left: Located[], right: Located[]): Located[] {
  const known = new Set(left.map((item) => JSON.stringify(plain(item))));
  return [...left, ...right.filter((item) => !known.has(JSON.stringify(plain(item))))];
}

/** Whether two values are the same, wherever they stand. */
function equal(left: Located, right: Located): boolean {
  if (left === right) return true;
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.value === right.value;
  if (left.kind === 'list' && right.kind === 'list')
    return left.items.length === right.items.length && left.items.every((item, index) => equalOrMissing(item, right.items[index]));
  if (left.kind === 'map' && right.kind === 'map')
    return (
      left.entries.size === right.entries.size && [...left.entries].every(([key, value]) => equalOrMissing(value, right.entries.get(key)))
    );
  return false;
}

function equalOrMissing(left: Located, right: Located | undefined): boolean {
  return right !== undefined && equal(left, right);
}

function isOwn(path: string[]): boolean {
  const [first = '', second] = path;
  if (path.length === 1) return ownKeys.has(first);
  return path.length === 2 && first === 'metadata' && second !== undefined && !sharedMetadata.has(second);
}

function isJoined(path: string[]): boolean {
  const last = path.at(-1);
  return last === 'requirements' || path.join('.') === 'topology_template.policies' || path[0] === 'imports' || path[1] === 'tabs';
}

// What an add-on may say otherwise than the recipe: all of its topology. Which type a node has, makes it what it is.
function mayDiffer(path: string[]): boolean {
  return path[0] === 'topology_template' && !(path[1] === 'node_templates' && path.length === 4 && path[3] === 'type');
}

function isDefault(path: string[]): boolean {
  return path.length === 4 && path[0] === 'topology_template' && path[1] === 'inputs' && path[3] === 'default';
}

function isCall(map: LocatedMap): boolean {
  const [key] = map.entries.keys();
  return map.entries.size === 1 && key !== undefined && functionNames.has(key);
}
