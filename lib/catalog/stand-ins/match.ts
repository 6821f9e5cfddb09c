import type { Diagnostic, Located, Position } from '@/lib/tosca/located';
import { mostNodes } from '@/lib/tosca/read-template';
import type { TypeSystem } from '@/lib/tosca/types';
import { requirementsOf } from '../combining/rewrite';
import type { RecipeDownload } from '../recipe';
import { entryAt, machinesOf, map, nodesOf, operationsIn, textAt } from './nodes';
import type { Reservation, StandsFor } from './stands-for';

/** A recipe whose software can take the place of others' types and playbooks. */
export interface StandIn {
  id: string;
  name: string;
  /** operating systems that it supports, as `metadata.images` has them */
  images: string;
  root: Located;
  downloads: readonly RecipeDownload[];
  about: StandsFor;
}

/** A node template whose work a group of a recipe does in its place. */
export interface Replaced {
  name: string;
  node: Located;
  type: string;
  /** the group that it is on */
  machines: string;
  /** what its playbook is given, where it is by that that it was known; else its properties count */
  variables?: Located;
}

/** A stand-in on the nodes of a template: by the recipe's group, what that does the work of. */
export interface Match {
  standIn: StandIn;
  replaced: ReadonlyMap<string, Replaced>;
}

/**
 * Finds what of a template recipes of ours do. A recipe whose groups work together comes for all of them or none; what one does whose playbook counts on
 * others' playbooks is left to them all.
 * @returns what is done in another's place, and for what is not though a recipe knows it, why
 */
export function matchStandIns(
  root: Located,
  standIns: readonly StandIn[],
  types: TypeSystem,
): { matches: Match[]; reserved: Diagnostic[] } {
  const nodes = nodesOf(root);
  // what has more is refused as a whole
  if (nodes.size > mostNodes) return { matches: [], reserved: [] };
  // a type that the template defines itself is another, whatever its name
  const own = entryAt(root, 'node_types');
  const mayStand = ({ about }: StandIn) => ![...about.groups.values()].some(({ type }) => type !== undefined && entryAt(own, type));
  const reserved: Diagnostic[] = [];
  let matches = standIns.filter(mayStand).flatMap((standIn) => candidates(standIn, nodes, types, reserved));
  // one that is left out may be what another counts on
  for (let before = -1; before !== matches.length; ) {
    before = matches.length;
    const done = new Set(matches.flatMap(({ replaced }) => [...replaced.values()].map(({ name }) => name)));
    matches = matches.filter((match) => {
      const objection = objectionTo(match, done, nodes, types);
      if (objection) reserved.push(saidOf(match, objection));
      return objection === null;
    });
  }
  return { matches, reserved };
}

/** Why a recipe leaves nodes to their playbooks: what of the template it is because of, and the reason. */
interface Objection {
  of: string;
  because: string;
}

function saidOf({ standIn, replaced }: Match, { of, because }: Objection): Diagnostic {
  const names = [...replaced.values()].map(({ name }) => name).join(', ');
  const at: Position = [...replaced.values()][0]?.node.at ?? standIn.about.at;
  return { at, message: `${names}: set up by its own playbooks, not by Transat's recipe ${standIn.name}, because of ${of}: ${because}` };
}

function candidates(standIn: StandIn, nodes: ReadonlyMap<string, Located>, types: TypeSystem, reserved: Diagnostic[]): Match[] {
  const found = [...standIn.about.groups].map(
    ([group, counterpart]) =>
      [group, [...nodes].flatMap(([name, node]) => replacedBy(name, node, counterpart, nodes, types) ?? [])] as const,
  );
  const [only] = found;
  if (found.length === 1 && only) return only[1].map((each) => ({ standIn, replaced: new Map([[only[0], each]]) }));
  // groups that work together: each has one counterpart, or it is another cluster than ours
  const replaced = new Map(found.flatMap(([group, [first]]) => (first ? [[group, first] as const] : [])));
  if (replaced.size < found.length) return [];
  const match = { standIn, replaced };
  const more = found.find(([, all]) => all.length > 1)?.[1][1];
  if (more) reserved.push(saidOf(match, { of: more.name, because: 'of what it sets up there is one of each.' }));
  return more ? [] : [match];
}

function replacedBy(
  name: string,
  node: Located,
  { type: wanted, playbook }: { type?: string; playbook?: string },
  nodes: ReadonlyMap<string, Located>,
  types: TypeSystem,
): Replaced | undefined {
  const type = types.nameOf(textAt(node, 'type') ?? '');
  const machines = machinesOf(name, nodes, types);
  if (machines === undefined || machines === name) return undefined;
  const own = operationsIn(node);
  if (wanted !== undefined) return type === wanted && own.length === 0 ? { name, node, type, machines } : undefined;
  const [operation, ...others] = own;
  const isIt = operation?.implementation.endsWith(`/${playbook}`) && others.length === 0 && types.resolve(type).interfaces.length === 0;
  return operation && isIt ? { name, node, type, machines, variables: operation.inputs ?? map([], node.at) } : undefined;
}

function objectionTo(
  { standIn, replaced }: Match,
  done: ReadonlySet<string>,
  nodes: ReadonlyMap<string, Located>,
  types: TypeSystem,
): Objection | null {
  const own = [...replaced.values()];
  const machines = new Set(own.map((each) => each.machines));
  const isBeside = (name: string, node: Located) =>
    requirementsOf(node).some(({ target }) => own.some((each) => each.name === target)) ||
    (!machines.has(name) && machines.has(machinesOf(name, nodes, types) ?? ''));
  for (const each of own) {
    const needed = requirementsOf(each.node).find(
      ({ target }) => target !== each.machines && !done.has(target) && nodes.has(target) && machinesOf(target, nodes, types) !== undefined,
    );
    if (needed) return { of: needed.target, because: 'it counts on what that sets up.' };
  }
  // a type that runs nothing any more runs nothing for others either
  const quiet = own.flatMap(({ variables, type }) => (variables ? [] : type));
  const hasQuiet = (node: Located) => quiet.some((type) => types.isA(types.nameOf(textAt(node, 'type') ?? ''), type));
  const left = quiet.length > 0 && [...nodes].find(([name, node]) => !done.has(name) && hasQuiet(node));
  if (left) return { of: left[0], because: 'of what it sets up there is one of each.' };
  const objection = ({ property, type, because }: Reservation): Objection | null => {
    if (property) {
      const each = replaced.get(property.group);
      const isSo = textAt(entryAt(each?.node, 'properties'), property.name) === property.is;
      return isSo ? { of: `${each?.name}.${property.name}`, because } : null;
    }
    const isIt = (node: Located) => types.isA(types.nameOf(textAt(node, 'type') ?? ''), type ?? '');
    const there = [...nodes].find(([name, node]) => !done.has(name) && isIt(node) && isBeside(name, node));
    return there ? { of: there[0], because } : null;
  };
  return standIn.about.unless.map(objection).find((found) => found !== null) ?? null;
}
