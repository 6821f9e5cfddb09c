import type { Diagnostic, Located } from '@/lib/tosca/located';
import type { TypeDefinition, TypeSystem } from '@/lib/tosca/types';
import { inMap, requirementsOf } from '../combining/rewrite';
import { doneOutput } from '../implementation/done-output';
import type { RecipeDownload } from '../recipe';
import { answersOf } from './answers';
import { type Match, matchStandIns, type Replaced, type StandIn } from './match';
import { entryAt, joined, list, machinesOf, map, nodesOf, operationsIn, scalar, textAt, withMaps } from './nodes';
import { notesOf } from './notes';
import { outputsWith } from './outputs';
import { aboutOf, type Brought, broughtBy } from './software';

/** A template with recipes of ours in the place of what some of its nodes ran. */
export interface StoodIn {
  root: Located;
  types: TypeDefinition[];
  downloads: RecipeDownload[];
  warnings: Diagnostic[];
  by: StandIn[];
  /** nothing but their software runs on its machines */
  whole: boolean;
}

const compute = 'tosca.nodes.Compute';
/** Attributes of machines that recipes of ours ask for. */
const ofMachines = ['hostname', 'count', 'group'];

/**
 * Puts recipes of ours in the place of the types and playbooks that they stand for: the node templates stay, with their properties, ports and all that
 * leads to them, and what the recipe runs comes before them.
 * @param definitions of the types that the template imports; `types` are these and its own
 */
export function withStandIns(
  root: Located,
  standIns: readonly StandIn[],
  definitions: readonly TypeDefinition[],
  types: TypeSystem,
): StoodIn {
  const { matches, reserved } = matchStandIns(root, standIns, types);
  if (matches.length === 0) return { root, types: [...definitions], downloads: [], warnings: reserved, by: [], whole: false };
  const done = new Set(matches.flatMap(({ replaced }) => [...replaced.values()].map(({ name }) => name)));
  let current = withMaps(root, { metadata: ['inputs', 'outputs'], topology_template: ['inputs', 'node_templates', 'outputs'] });
  const downloads: RecipeDownload[] = [];
  const warnings = [...reserved];
  for (const match of matches) {
    const put = putInPlace(current, match, types, done);
    current = put.root;
    downloads.push(...put.downloads);
    warnings.push(...put.warnings);
  }
  return {
    root: current,
    types: typesAfter(definitions, matches, types),
    downloads,
    warnings,
    by: [...new Set(matches.map(({ standIn }) => standIn))],
    whole: !runsElse(root, done, types),
  };
}

function putInPlace(
  root: Located,
  match: Match,
  types: TypeSystem,
  done: ReadonlySet<string>,
): Pick<StoodIn, 'root' | 'downloads' | 'warnings'> {
  const { standIn, replaced } = match;
  const nodes = nodesOf(root);
  const answers = answersOf(match, types);
  const brought = broughtBy(match, answers, new Set(nodes.keys()));
  const shown = outputsWith(root, match, brought);
  const { definitions, about } = inputsOf(standIn, brought);
  const after = new Map(nodes);
  for (const each of replaced.values()) after.set(each.name, standing(each, brought, isAwaited(each, nodes, done, types), standIn));
  for (const { name, node } of brought.software.values()) after.set(name, node);
  return {
    root: inMap(root, {
      metadata: (metadata) => inMap(metadata, { inputs: (there) => joined(there, about), outputs: (there) => joined(there, shown.about) }),
      topology_template: (topology) =>
        inMap(topology, {
          inputs: (there) => joined(there, definitions),
          node_templates: ({ at }) => map(after, at),
          outputs: ({ at }) => map(shown.outputs, at),
        }),
    }),
    downloads: standIn.downloads.flatMap((download) => {
      const all = [...brought.software.values()].map(({ name }) => name);
      const users = download.for.length === 0 ? all : download.for.flatMap((user) => brought.software.get(user)?.name ?? []);
      return users.length > 0 ? [{ ...download, for: users }] : [];
    }),
    warnings: [...notesOf(match, types), ...shown.warnings],
  };
}

/** A node template that runs nothing of its own any more, and comes after all that is run in its place. */
function standing({ name, node }: Replaced, { software }: Brought, awaited: boolean, { root: { at } }: StandIn): Located {
  const own = [...software.values()].filter(({ replaces }) => replaces === name);
  const requirements = entryAt(node, 'requirements');
  const after = list(
    [
      ...(requirements?.kind === 'list' ? requirements.items : []),
      ...own.map((each) => map([['dependency', scalar(each.name, node.at)]], node.at)),
    ],
    node.at,
  );
  const quiet = inMap(node, { interfaces: () => undefined, artifacts: () => undefined, requirements: () => undefined });
  const telling: [string, Located][] = awaited
    ? [
        ['interfaces', tellingDone(name, at)],
        [
          'metadata',
          map(
            [
              ['title', scalar('Tell the others that it is done', at)],
              ['seconds', scalar(1, at)],
            ],
            at,
          ),
        ],
      ]
    : [];
  return joined(quiet, new Map([['requirements', after], ...telling]));
}

// It has the name by which steps of playbooks tell that they are done.
function tellingDone(name: string, at: Located['at']): Located {
  const inputs = map([['DONE_OUTPUT', scalar(doneOutput(name), at)]], at);
  const configure = map(
    [
      ['implementation', scalar('../shared/tell-done.sh', at)],
      ['inputs', inputs],
    ],
    at,
  );
  return map([['Standard', map([['configure', configure]], at)]], at);
}

// A playbook on other machines begins when this is done.
function isAwaited(
  { name, machines }: Replaced,
  nodes: ReadonlyMap<string, Located>,
  done: ReadonlySet<string>,
  types: TypeSystem,
): boolean {
  return [...nodes].some(
    ([other, node]) =>
      !done.has(other) && requirementsOf(node).some(({ target }) => target === name) && machinesOf(other, nodes, types) !== machines,
  );
}

function inputsOf({ root }: StandIn, brought: Brought): { definitions: Map<string, Located>; about: Map<string, Located> } {
  const definitions = new Map<string, Located>();
  const about = new Map<string, Located>();
  for (const [input, name] of brought.inputs) {
    const definition = entryAt(root, 'topology_template', 'inputs', input);
    const said = aboutOf(entryAt(root, 'metadata', 'inputs', input), brought);
    if (definition) definitions.set(name, definition);
    if (said) about.set(name, said);
  }
  return { definitions, about };
}

// Types whose work is done by others run nothing; machines, whatever their type, have the attributes that are asked of them.
function typesAfter(definitions: readonly TypeDefinition[], matches: readonly Match[], types: TypeSystem): TypeDefinition[] {
  const replaced = matches.flatMap((match) => [...match.replaced.values()]);
  const quiet = new Set(replaced.flatMap(({ type, variables }) => (variables ? [] : type)));
  const machine = types.resolve(compute);
  return [
    ...definitions.map((type) => (quiet.has(type.name) ? { ...type, interfaces: [], artifacts: new Map() } : type)),
    { ...machine, derivedFrom: 'tosca.nodes.Root', attributes: new Set([...machine.attributes, ...ofMachines]) },
  ];
}

// Whether the template has steps of its own left, of nodes or of relationships.
function runsElse(root: Located, done: ReadonlySet<string>, types: TypeSystem): boolean {
  return [...nodesOf(root)].some(([name, node]) => {
    if (done.has(name)) return false;
    const relationships = entryAt(node, 'requirements');
    const ofRelationships =
      relationships?.kind === 'list' ? relationships.items.flatMap((item) => (item.kind === 'map' ? [...item.entries.values()] : [])) : [];
    return (
      operationsIn(node).length > 0 ||
      types.resolve(types.nameOf(textAt(node, 'type') ?? '')).interfaces.length > 0 ||
      ofRelationships.some((to) => operationsIn(entryAt(to, 'relationship') ?? to).length > 0)
    );
  });
}
