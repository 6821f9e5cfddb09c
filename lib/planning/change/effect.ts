import { isDeepStrictEqual } from 'node:util';
import { holds } from '@/lib/catalog/form/conditions';
import type { Recipe } from '@/lib/catalog/recipe';
import { type Effect, effects } from '@/lib/inputs/types';
import type { Plan, PlanRequest } from '../types';
import type { Difference } from './difference';
import { sizesOf } from './resize';

/** What a change does to what stands, and why. */
export interface EffectOf {
  effect: Effect;
  /** the input that was answered anew, the key of a resource or a node, the group whose image is another, or the id of an add-on that comes or goes */
  because: string;
  what: 'input' | 'resource' | 'image' | 'leaves' | 'add-on';
}

/** The worst of some effects; `none` where there is none. */
export function worst(all: readonly Effect[]): Effect {
  return effects[Math.max(0, ...all.map((each) => effects.indexOf(each)))] ?? 'none';
}

/**
 * What each part of a change does, the worst first. An input that is answered anew does what its recipe says, and where that says nothing the worst it
 * may; one that makes no difference to what stands does nothing. Pure.
 * @param before the recipe with the add-ons that stand, where these are others
 */
export function effectsOf(
  recipe: Recipe,
  difference: Difference,
  [was, is]: [PlanRequest, PlanRequest],
  stands: Plan,
  before: Recipe = recipe,
): EffectOf[] {
  // whom a firewall lets in is known, and does nothing to what runs behind it
  const touched = difference.nodes.some(({ steps }) => steps.length > 0) || difference.changed.some(({ effect }) => effect !== 'none');
  const resized = isResized(difference) ? sizesOf(recipe) : new Set<string>();
  const inputs = touched
    ? [...new Set([...changedInputs(recipe, was, is, before), ...countsOf(recipe, difference, stands)])].map(
        (name): EffectOf => ({ effect: resized.has(name) ? 'rolling' : saidOf(recipe, name), because: name, what: 'input' }),
      )
    : [];
  const resources = difference.changed.flatMap(({ key, effect, fields }): EffectOf[] => {
    if (effect === 'none' || effect === 'impossible') return [];
    // a machine of another image begins with nothing, as one that comes in the place of a node that leaves
    const node = fields.includes('imageId') ? stands.nodes.find(({ server }) => server === key) : undefined;
    if (node) return [{ effect: worst([effect, storedOn(before, node.group, was)]), because: node.group, what: 'image' }];
    return [{ effect, because: key, what: 'resource' }];
  });
  const leaving = difference.removed.nodes.map(
    (key): EffectOf => ({ effect: lostWith(before, stands, was, key), because: key, what: 'leaves' }),
  );
  const { added, removed } = changedAddOns(was, is);
  // a volume that goes with its node is told of with that
  const mounted = stands.nodes.filter(({ key }) => !difference.removed.nodes.includes(key)).flatMap(({ mounts }) => mounts);
  const volumes = mounted
    .filter(({ volume }) => difference.removed.resources.includes(volume))
    .map(({ volume }): EffectOf => ({ effect: 'data-lost', because: volume, what: 'resource' }));
  const addOns = [
    ...added.map((id): EffectOf => ({ effect: recipe.addOnEffects[id]?.coming ?? 'data-lost', because: id, what: 'add-on' })),
    ...removed.map((id): EffectOf => ({ effect: before.addOnEffects[id]?.going ?? 'data-lost', because: id, what: 'add-on' })),
  ];
  return [...inputs, ...resources, ...leaving, ...volumes, ...addOns].toSorted(
    (a, b) => effects.indexOf(b.effect) - effects.indexOf(a.effect),
  );
}

/** Whether all machines that are to be of another size become so where they stand. */
export function isResized({ changed }: Difference): boolean {
  return changed.some((each) => each.resized) && changed.every((each) => each.resized || each.effect === 'none');
}

/** Ids of the add-ons that come, and of those that go. */
export function changedAddOns(was: Pick<PlanRequest, 'addOns'>, is: Pick<PlanRequest, 'addOns'>): { added: string[]; removed: string[] } {
  return { added: is.addOns.filter((id) => !was.addOns.includes(id)), removed: was.addOns.filter((id) => !is.addOns.includes(id)) };
}

/** Names of inputs that are answered otherwise; those that come with an add-on had no answer before. */
export function changedInputs(
  { detail }: Pick<Recipe, 'detail'>,
  was: PlanRequest,
  is: PlanRequest,
  before: Pick<Recipe, 'detail'> = { detail },
): string[] {
  const known = new Set(before.detail.inputs.map(({ name }) => name));
  const answer = ({ inputs }: PlanRequest, name: string, otherwise: unknown) => inputs[name] ?? otherwise ?? null;
  return detail.inputs
    .filter(
      (input) => known.has(input.name) && !isDeepStrictEqual(answer(was, input.name, input.default), answer(is, input.name, input.default)),
    )
    .map(({ name }) => name);
}

// Who comes and who goes matters to the others as their number does.
function countsOf({ detail }: Recipe, { removed }: Difference, { nodes }: Plan): string[] {
  const left = new Set(nodes.filter(({ key }) => removed.nodes.includes(key)).map(({ group }) => group));
  return detail.groups.flatMap(({ name, countInput }) => (left.has(name) && countInput !== undefined ? [countInput] : []));
}

function saidOf({ detail }: Recipe, name: string): Effect {
  return detail.inputs.find((input) => input.name === name)?.effect ?? 'data-lost';
}

// A volume goes with its node, whatever the recipe says.
function lostWith({ groups, detail }: Recipe, { nodes }: Plan, { inputs }: PlanRequest, key: string): Effect {
  const node = nodes.find((each) => each.key === key);
  if (!node || node.mounts.length > 0) return 'data-lost';
  return storedOn({ groups, detail }, node.group, { inputs });
}

// What a recipe says is lost with what a node of a group has stored.
function storedOn({ groups, detail }: Pick<Recipe, 'groups' | 'detail'>, group: string, { inputs }: Pick<PlanRequest, 'inputs'>): Effect {
  const said = groups.find(({ name }) => name === group)?.leaving;
  const answers = Object.fromEntries(detail.inputs.map((input) => [input.name, inputs[input.name] ?? input.default]));
  return said && holds(said.when, answers) ? said.effect : 'data-lost';
}
