import type { Diagnostic, Located } from '@/lib/tosca/located';
import type { Match, Replaced } from './match';
import { entryAt, textAt } from './nodes';
import { aboutOf, type Brought } from './software';

/** The outputs of a template whose nodes a recipe of ours sets up, and what is said of those that are new or others than before. */
export interface Shown {
  outputs: Map<string, Located>;
  about: Map<string, Located>;
  warnings: Diagnostic[];
}

/**
 * The template's outputs: what its playbooks' tasks said is what the recipe's outputs say; what would lead nowhere is left out; what the recipe shows
 * beside comes after.
 */
export function outputsWith(root: Located, match: Match, brought: Brought): Shown {
  const { standIn, replaced } = match;
  const { tasks, shows, lost } = standIn.about;
  const there = entryAt(root, 'topology_template', 'outputs');
  const shown: Shown = { outputs: new Map(), about: new Map(), warnings: [] };
  const ours = (output: string, name: string): boolean => {
    const definition = entryAt(standIn.root, 'topology_template', 'outputs', output);
    const about = aboutOf(entryAt(standIn.root, 'metadata', 'outputs', output), brought);
    const ofTemplate = definition && brought.inTemplate(definition);
    // what of the recipe is left out tells nothing
    if (!ofTemplate || about === null || textAt(ofTemplate, 'value') === '') return false;
    shown.outputs.set(name, ofTemplate);
    if (about) shown.about.set(name, about);
    return true;
  };
  for (const [name, output] of there?.kind === 'map' ? there.entries : []) {
    const reason = lost.get(name);
    const task = taskOf(output, [...replaced.values()]);
    if (reason !== undefined) shown.warnings.push({ at: output.at, message: `The output ${name} is left out: ${reason}` });
    else if (task === undefined) shown.outputs.set(name, output);
    else if (!ours(tasks.get(task) ?? '', name))
      shown.warnings.push({ at: output.at, message: `The output ${name} is left out: no playbook runs whose task ${task} would tell it.` });
  }
  const [first] = replaced.values();
  for (const [name, output] of shows) ours(output, shown.outputs.has(name) ? `${name}_${first?.name}` : name);
  return shown;
}

/** The task of a replaced node's playbook whose output a value is: `[front, ansible_output, <node>_<group>_conf_<group>, tasks, <task>, output]`. */
function taskOf(output: Located, replaced: readonly Replaced[]): string | undefined {
  const path = entryAt(output, 'value', 'get_attribute');
  const [, attribute, configuration, , task] = path?.kind === 'list' ? path.items.map((item) => textAt(item)) : [];
  const isOf = ({ name, machines }: Replaced) => configuration === `${name}_${machines}_conf_${machines}`;
  return attribute === 'ansible_output' && replaced.some(isOf) ? task : undefined;
}
