import { holds } from './form/conditions';
import { evaluateNow } from './groups';
import type { Recipe } from './recipe';
import type { InputValues } from './types';

/** A group whose nodes come and go by what waits for them. */
export interface ElasticGroup {
  group: string;
  label: string;
  least: number;
  most: number;
  /** how long a node has had nothing to do when it goes */
  idleSeconds: number;
}

const usualMinutes = 10;

/** The groups of a recipe that follow their queue with these answers: those of which the recipe says so, and the least and the most nodes. Pure. */
export function elasticGroups(recipe: Recipe, inputs: InputValues): ElasticGroup[] {
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
    return [{ group, label, least, most, idleSeconds: 60 * (minutes > 0 ? minutes : usualMinutes) }];
  });
}
