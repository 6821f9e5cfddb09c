import { doneOutput } from '@/lib/catalog/implementation/done-output';
import type { PlaybookNeeds, SoftwareTemplate, StepTemplate } from '@/lib/catalog/recipe';
import { type Evaluated, Pending } from '@/lib/tosca/evaluate';
import { calls } from '@/lib/tosca/expression';
import type { Draft, DraftNode } from './draft';
import { taskOutput } from './outputs-of-tasks';
import type { Value } from './types';
import { structureOf } from './values';

/**
 * What the script that runs a playbook is given: its text, its variables as JSON, all groups with their nodes, and what it waits for on other
 * nodes. A variable that is known only later is looked up in the environment, so that whatever is in it is taken as it is.
 */
export function playbookEnv(
  draft: Draft,
  node: DraftNode,
  software: SoftwareTemplate,
  { name, text, inputs, needs }: { name: string; text: string; inputs: StepTemplate['inputs']; needs: PlaybookNeeds },
): Record<string, Value> {
  const later: Record<string, Value> = {};
  const encoded = (value: Evaluated<Value>): unknown => {
    if (value instanceof Pending) {
      const variable = `TRANSAT_VALUE_${Object.keys(later).length + 1}`;
      later[variable] = value.reference;
      return `{{ lookup('env', '${variable}') }}`;
    }
    if (Array.isArray(value)) return value.map(encoded);
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, encoded(entry)]));
    return value;
  };
  const variables = Object.fromEntries(
    [...inputs].map(([key, expression]) => [key, encoded(structureOf(draft, expression, software.node, node))]),
  );
  const groups = Object.fromEntries(draft.groups.map(({ template, nodes }) => [template.name, nodes.map(({ hostname }) => hostname)]));
  const requirements = requirementsOf(needs);
  return {
    PLAYBOOK: text,
    PLAYBOOK_NAME: name,
    VARIABLES: JSON.stringify(variables),
    INVENTORY: JSON.stringify(groups),
    ...(requirements && { REQUIREMENTS: JSON.stringify(requirements) }),
    ...taskOutputs(draft, software),
    DONE_OUTPUT: doneOutput(software.name),
    ...later,
    ...waits(draft, node, software),
  };
}

// `name`, `name,version` and `git+https://…|name` are how the Infrastructure Manager writes roles and collections.
function requirementsOf({ roles, collections }: PlaybookNeeds): Record<string, object[]> | null {
  const entry = (text: string) => {
    const [source = '', name] = text.split('|');
    const isGit = source.startsWith('git+') || source.startsWith('https://');
    if (isGit) return { src: source.replace(/^git\+/, ''), scm: 'git', ...(name && { name }) };
    const [role = '', version] = source.split(',');
    return { name: role.trim(), ...(version && { version: version.trim() }) };
  };
  const collection = (text: string) =>
    text.startsWith('git+') || text.startsWith('https://')
      ? { name: text.split('|')[0]?.replace(/^git\+/, '') ?? text, type: 'git' }
      : entry(text);
  if (roles.length + collections.length === 0) return null;
  return { roles: roles.map(entry), collections: collections.map(collection) };
}

// The tasks of this software whose output some output of the recipe shows.
function taskOutputs(draft: Draft, { name, group }: SoftwareTemplate): Record<string, string> {
  const configuration = `${name}_${group}_conf_${group}`;
  const tasks = draft.input.recipe.outputs
    .flatMap(({ definition }) => [...calls(definition.value)])
    .flatMap((call) =>
      call.kind === 'attribute' && call.path[0] === 'ansible_output' && call.path[1] === configuration ? [call.path[3] ?? ''] : [],
    );
  if (tasks.length === 0) return {};
  const names = new Map(tasks.map((task) => [task, taskOutput(configuration, task)]));
  return { TASK_OUTPUTS: JSON.stringify(Object.fromEntries(names)), TASK_OUTPUT_NAMES: [...names.values()].join(' ') };
}

// What it depends on may run elsewhere: on all nodes of that group it must be done first. All nodes run their software in one order, so that
// no two wait for each other.
function waits(draft: Draft, node: DraftNode, { after }: SoftwareTemplate): Record<string, Value> {
  const elsewhere = after.flatMap((name) => {
    const other = draft.input.recipe.software.find((software) => software.name === name);
    if (!other || other.group === node.group.template.name || !tellsDone(other)) return [];
    const nodes = draft.groups.find(({ template }) => template.name === other.group)?.nodes ?? [];
    return nodes.map(({ key }) => ({ stepOutput: doneOutput(name), node: key }));
  });
  return Object.fromEntries(elsewhere.map((value, index) => [`TRANSAT_AFTER_${index + 1}`, value]));
}

function tellsDone({ steps }: SoftwareTemplate): boolean {
  const last = steps.at(-1);
  return last !== undefined && (last.playbook !== undefined || last.inputs.has('DONE_OUTPUT'));
}
