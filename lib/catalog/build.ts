import { effects } from '@/lib/inputs/types';
import { Cursor, type Diagnostics } from '@/lib/tosca/cursor';
import { calls, type Expression } from '@/lib/tosca/expression';
import type { Located } from '@/lib/tosca/located';
import type { NodeTemplate, OutputDefinition, ServiceTemplate } from '@/lib/tosca/template';
import { checkCollisions } from './combining/collisions';
import { parseCondition } from './form/conditions';
import { readForm } from './form/form';
import { countExpression, describeGroups } from './groups';
import type { Imports } from './imports';
import { imagesAsked } from './networks';
import { placementSets } from './placement-sets';
import {
  type Condition,
  type GroupTemplate,
  type OutputTemplate,
  type Recipe,
  type RecipeDownload,
  type SoftwareTemplate,
  works,
} from './recipe';
import { readSoftware } from './software';
import { splitList } from './source';
import type { RecipeDetail, RecipeOutput, RecipeSummary } from './types';
import { noteUnheeded } from './unheeded';

const outputKinds: RecipeOutput['kind'][] = ['text', 'url', 'command', 'file', 'date'];
const roles: GroupTemplate['role'][] = ['front-end', 'worker', 'node'];

/** What composing found beside the template itself. */
export interface Parts {
  summary: RecipeSummary;
  addOns: string[];
  addOnEffects: Recipe['addOnEffects'];
  readme: string;
  downloads: RecipeDownload[];
  /** operating systems that the recipe and all add-ons support */
  images: { distro: string; version: string }[];
  imports: Imports;
  /** a file as messages name it */
  show(file: string): string;
}

/** Makes a recipe of a checked template: groups, software, form, outputs. What is wrong is added to the diagnostics. */
export function buildRecipe(template: ServiceTemplate, root: Located, parts: Parts, diagnostics: Diagnostics): Recipe {
  const metadata = new Cursor(root, '', diagnostics).get('metadata') ?? new Cursor(root, 'metadata', diagnostics);
  const conditions = (
    node: { at: NodeTemplate['at']; name: string; metadata: NodeTemplate['metadata'] },
    key = 'enabled_by',
  ): Condition[] =>
    splitList(textOf(node.metadata.get(key))).flatMap((text) => {
      const condition = parseCondition(text, template.inputs);
      if (typeof condition !== 'string') return [condition];
      diagnostics.add(node.at, `${node.name}: ${condition}`);
      return [];
    });
  const nodes = [...template.nodes.values()];
  const sets = placementSets(template, diagnostics);
  const groups = nodes.filter(isGroup(template)).map((node): GroupTemplate => {
    const role = roles.find((known) => known === (node.metadata.get('role') ?? 'node'));
    if (!role) diagnostics.add(node.at, `${node.name}: the role is one of ${roles.join(', ')}.`);
    const leaving = effects.find((known) => known === (node.metadata.get('leaving') ?? 'data-lost'));
    if (!leaving) diagnostics.add(node.at, `${node.name}: leaving is one of ${effects.join(', ')}.`);
    const count = countExpression(node);
    return {
      name: node.name,
      node,
      label: textOf(node.metadata.get('label')) ?? node.name,
      role: role ?? 'node',
      numbered: count !== undefined && !(count.kind === 'literal' && count.value === 1),
      placementSet: sets.find((set) => set.groups.includes(node.name))?.name ?? 'all',
      enabledBy: conditions(node),
      leaving: { effect: leaving ?? 'data-lost', when: conditions(node, 'leaving_if') },
      ...elasticOf(node, conditions(node, 'elastic_if'), template, diagnostics),
      disks: node.requirements
        .filter(({ name, node: disk }) => name === 'local_storage' && isDisk(disk, template))
        .map(({ node: disk, properties }) => ({
          disk,
          location: properties.get('location') ?? null,
          enabledBy: conditions(template.nodes.get(disk) ?? node),
        })),
    };
  });
  const software: SoftwareTemplate[] = readSoftware(template, groups, { conditions, imports: parts.imports }, diagnostics);
  checkCollisions(groups, software, ({ file, line }) => `${parts.show(file)}, line ${line}`, diagnostics);
  noteUnheeded(template, new Set(groups.map(({ name }) => name)), new Set(software.map(({ name }) => name)), diagnostics);
  const outputs = [...template.outputs.values()].map((definition) =>
    readOutput(definition, metadata.get('outputs')?.get(definition.name), conditions, diagnostics),
  );
  for (const [name, cursor] of metadata.get('outputs')?.entries() ?? [])
    if (!template.outputs.has(name)) cursor.fail('There is no such output.');
  const { tabs, inputs } = readForm(template, metadata, diagnostics);
  const known = new Set([...software, ...groups].map(({ name }) => name));
  for (const { url, for: users } of parts.downloads)
    for (const user of users)
      if (!known.has(user)) diagnostics.add(root.at, `downloads.yaml: ${url} is for ${user}, which is no group and no software.`);
  const detail: RecipeDetail = {
    ...parts.summary,
    description: template.description,
    readme: parts.readme,
    readmeLanguage: 'en',
    tabs,
    inputs,
    groups: [],
    sets,
    outputs: outputs.map(({ definition: _definition, enabledBy: _enabledBy, ...output }) => output),
    downloads: parts.downloads.map(({ for: _users, ...download }) => download),
    notes: [],
  };
  const recipe: Recipe = {
    detail,
    addOns: parts.addOns,
    addOnEffects: parts.addOnEffects,
    template,
    groups,
    software,
    outputs,
    downloads: parts.downloads,
  };
  if (diagnostics.list.length === 0) {
    const images = parts.images.length > 0 ? parts.images : imagesAsked(groups.map(({ node }) => node));
    detail.groups = describeGroups(recipe, images, diagnostics);
  }
  return recipe;
}

/** `ubuntu 22.04, debian 12` as its parts. */
export function readImages(text: string | undefined): { distro: string; version: string }[] {
  return splitList(text).map((item) => {
    const [distro = '', version = ''] = item.toLowerCase().split(/\s+/);
    return { distro, version };
  });
}

// What a machine is given is a disk where it has a size; what a relationship itself sets up (a shared file system) is none.
function isDisk(name: string, { nodes, types }: ServiceTemplate): boolean {
  const node = nodes.get(name);
  return (
    node !== undefined &&
    types.isA(node.type, 'tosca.nodes.BlockStorage') &&
    (node.properties.has('size') || node.properties.has('volume_id'))
  );
}

function isGroup(template: ServiceTemplate): (node: NodeTemplate) => boolean {
  return (node) => template.types.isA(node.type, 'tosca.nodes.Compute');
}

function readOutput(
  definition: OutputDefinition,
  about: Cursor | undefined,
  conditions: (node: OutputDefinition) => Condition[],
  diagnostics: Diagnostics,
): OutputTemplate {
  about?.onlyKeys(['label', 'kind', 'secret', 'enabled_by']);
  const metadata = new Map([...definition.metadata, ...(about?.entries() ?? []).map(([key, value]) => [key, value.plain()] as const)]);
  const kind = outputKinds.find((known) => known === (metadata.get('kind') ?? kindOf(definition.value)));
  if (!kind) diagnostics.add(definition.at, `outputs.${definition.name}: the kind is one of ${outputKinds.join(', ')}.`);
  return {
    name: definition.name,
    label: textOf(metadata.get('label')) ?? definition.name.replaceAll('_', ' '),
    ...(definition.description && { description: definition.description }),
    kind: kind ?? 'text',
    // what a playbook's task says may be anything, and is a token or a password most of the time
    secret: String(metadata.get('secret')) === 'true' || [...calls(definition.value)].some(isOfTask),
    definition,
    enabledBy: conditions({ ...definition, metadata }),
  };
}

// What an output is, where nobody says it: an address of the web, how one signs in.
function kindOf(value: Expression): RecipeOutput['kind'] {
  const first = value.kind === 'concat' ? value.parts[0] : value;
  if (first?.kind === 'literal' && /^https?:\/\//.test(String(first.value))) return 'url';
  return first?.kind === 'attribute' && first.path[0] === 'endpoint' ? 'command' : 'text';
}

function isOfTask(call: Expression): boolean {
  return call.kind === 'attribute' && call.path[0] === 'ansible_output';
}

/** A value of metadata as text. */
function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

function elasticOf(
  { name, at, metadata, capabilities }: NodeTemplate,
  when: Condition[],
  { inputs }: ServiceTemplate,
  diagnostics: Diagnostics,
): Pick<GroupTemplate, 'elastic'> {
  if (when.length === 0) return {};
  const idle = textOf(metadata.get('elastic_idle')) ?? '';
  if (!inputs.has(idle)) diagnostics.add(at, `${name}: metadata.elastic_idle names no input.`);
  const scalable = capabilities.get('scalable');
  if (scalable?.get('count')?.kind !== 'input' || !scalable.has('max_instances'))
    diagnostics.add(at, `${name}: a group that follows a queue has a count that is an input, and max_instances.`);
  const work = works.find((known) => known === (metadata.get('elastic_work') ?? 'jobs'));
  if (!work) diagnostics.add(at, `${name}: elastic_work is one of ${works.join(', ')}.`);
  return { elastic: { when, idle: { input: idle }, work: work ?? 'jobs' } };
}
