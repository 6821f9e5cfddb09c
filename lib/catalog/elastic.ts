import { AppError } from '@/lib/core/errors';
import type { Catalog } from './catalog';
import { holds } from './form/conditions';
import { evaluateNow } from './groups';
import type { Recipe, Work } from './recipe';
import type { InputValues } from './types';

/** A group whose nodes come and go by what waits for them. */
export interface ElasticGroup {
  group: string;
  label: string;
  work: Work;
  least: number;
  most: number;
  /** how long a node has had nothing to do when it goes */
  idleSeconds: number;
}

const usualMinutes = 10;

/** The groups of what was asked for that follow their queue: those of which the recipe says so. Of a recipe that is in the catalogue no more there are none. */
export function elasticGroups(
  catalog: Catalog,
  { recipe, addOns, inputs }: { recipe: string; addOns: string[]; inputs: InputValues },
): ElasticGroup[] {
  try {
    return groupsOf(catalog.recipe(recipe, addOns), inputs);
  } catch (error) {
    if (AppError.from(error).code === 'not-found') return [];
    throw error;
  }
}

function groupsOf(recipe: Recipe, inputs: InputValues): ElasticGroup[] {
  const values = Object.fromEntries(recipe.detail.inputs.map(({ name, default: usual }) => [name, inputs[name] ?? usual ?? null]));
  return recipe.groups.flatMap(({ name: group, label, node, elastic, enabledBy }) => {
    if (!elastic || !holds(elastic.when, values) || !holds(enabledBy, values)) return [];
    const scalable = node.capabilities.get('scalable');
    const number = (name: string, usual: number) => {
      const value = Number(evaluateNow(scalable?.get(name), recipe.template, node, values) ?? usual);
      return Number.isFinite(value) ? Math.max(0, Math.floor(value)) : usual;
    };
    const least = number('min_instances', 0);
    const most = Math.max(least, number('max_instances', least));
    const minutes = Number(values[elastic.idle.input] ?? usualMinutes);
    return [{ group, label, work: elastic.work, least, most, idleSeconds: 60 * (minutes > 0 ? minutes : usualMinutes) }];
  });
}
