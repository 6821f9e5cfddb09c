import { inUnits, parseSize } from '@/lib/inputs/sizes';
import type { Diagnostics } from '@/lib/tosca/cursor';
import { type EvaluationContext, EvaluationError, evaluate, evaluatedOf, plainOf } from '@/lib/tosca/evaluate';
import type { Expression } from '@/lib/tosca/expression';
import type { NodeTemplate, ServiceTemplate } from '@/lib/tosca/template';
import { holds } from './form/conditions';
import { publicByNetworks } from './networks';
import type { GroupTemplate, Recipe } from './recipe';
import type { InputValues, RecipeGroup } from './types';

/** What a node of a group needs at least. */
export interface Needs {
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  gpus: number;
  /** name of the flavor that the recipe asks for; `*` stands for anything */
  flavorName?: string;
}

/** The values of inputs that nobody filled in. */
function defaultValues(recipe: Pick<Recipe, 'template'>): InputValues {
  return Object.fromEntries([...recipe.template.inputs.values()].map(({ name, default: value }) => [name, value ?? null]));
}

/**
 * Works out an expression that needs nothing but inputs: sizes, counts, ports.
 * @throws EvaluationError where it needs more
 */
export function evaluateNow(
  expression: Expression | undefined,
  template: ServiceTemplate,
  node: NodeTemplate,
  values: InputValues,
): unknown {
  if (!expression) return undefined;
  const never = (): never => {
    throw new EvaluationError(
      expression.at,
      `${node.name}: this must be known when the deployment is planned; addresses and secrets are not.`,
    );
  };
  const context: EvaluationContext<never> = {
    template,
    node,
    input: (name) => evaluatedOf(values[name]),
    secret: never,
    attribute: never,
    join: never,
  };
  return plainOf(evaluate(expression, context));
}

/** What says how many nodes a group has: `count`, else what it begins with, else the least it may have. */
export function countExpression(node: NodeTemplate): Expression | undefined {
  const scalable = node.capabilities.get('scalable');
  return scalable?.get('count') ?? scalable?.get('default_instances') ?? scalable?.get('min_instances');
}

/** How many nodes a group has with these inputs; 0 where it is switched off. */
export function countOf(group: GroupTemplate, template: ServiceTemplate, values: InputValues): number {
  if (!holds(group.enabledBy, values)) return 0;
  const count = evaluateNow(countExpression(group.node), template, group.node, values);
  return Math.max(0, Math.floor(Number(count ?? 1)) || 0);
}

/** What a group's nodes need with these inputs. */
export function needsOf(group: GroupTemplate, template: ServiceTemplate, values: InputValues): Needs {
  const host = group.node.capabilities.get('host');
  const value = (name: string) => evaluateNow(host?.get(name), template, group.node, values);
  const flavorName = String(value('instance_type') ?? '').trim();
  const bytes = (name: string) => parseSize(value(name))?.bytes ?? 0;
  return {
    vcpus: Math.max(1, Number(value('num_cpus') ?? 1) || 1),
    ramMiB: inUnits(bytes('mem_size'), 'MiB'),
    diskGiB: inUnits(bytes('disk_size'), 'GiB'),
    gpus: Number(value('num_gpus') ?? 0) || 0,
    ...(flavorName !== '' && { flavorName }),
  };
}

/** The groups as the recipe's page shows them, with the inputs' defaults. */
export function describeGroups(recipe: Recipe, images: RecipeGroup['supportedImages'], diagnostics: Diagnostics): RecipeGroup[] {
  const { template } = recipe;
  const values = defaultValues(recipe);
  return recipe.groups.flatMap((group) => {
    try {
      const needs = needsOf(group, template, values);
      const count = countExpression(group.node);
      return [
        {
          name: group.name,
          label: group.label,
          role: group.role,
          ...(count?.kind === 'input' && { countInput: count.name }),
          count: countOf(group, template, values),
          minVcpus: needs.vcpus,
          minRamMiB: needs.ramMiB,
          minDiskGiB: needs.diskGiB,
          publicAddress: isPublic(group, template, values),
          placementSet: group.placementSet,
          supportedImages: images,
        },
      ];
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      diagnostics.add(error.at, error.message);
      return [];
    }
  });
}

/** Whether a group's nodes get public addresses. */
export function isPublic(group: GroupTemplate, template: ServiceTemplate, values: InputValues): boolean {
  const bound = publicByNetworks(group.node, template);
  if (bound !== undefined) return bound;
  // `PUBLIC`, or the name of a pool of addresses as in `somewhere.PUBLIC`
  const name = evaluateNow(group.node.capabilities.get('endpoint')?.get('network_name'), template, group.node, values);
  return /(?:^|\.)PUBLIC$/.test(String(name ?? ''));
}
