import type { Recipe } from '@/lib/catalog/recipe';
import type { InputValues } from '@/lib/catalog/types';
import type { FieldProblem } from '@/lib/core/errors';
import { masked } from '@/lib/inputs/masked';
import type { Placement, Plan, PlannedNode, PlanRequest } from '../types';
import { changedInputs } from './effect';
import { type ImageWish, withImages } from './images';

/** What somebody wants of a deployment that stands, as far as they have said. */
export interface ChangeWish {
  /** by group */
  groups?: Record<string, { count: number }>;
  /** keys of nodes that go, whichever are the last */
  removeNodes?: readonly string[];
  inputs?: InputValues;
  /** ids of all add-ons that it is to have */
  addOns?: readonly string[];
  /** by group: the image that its machines boot from then on */
  images?: Record<string, ImageWish>;
}

export interface ChangedRequest {
  request: PlanRequest;
  leaving: PlannedNode[];
  fields: FieldProblem[];
}

/**
 * A request with a wish carried out: nodes that stay keep their numbers, of those that go are the chosen ones and then the last, those that come take the
 * lowest numbers that are free. What can't be is named by its field, and left as it was. Pure.
 * @param recipe with the add-ons that are wished for
 * @param before the recipe with those that stand, where they are others
 */
export function changedRequest(
  recipe: Recipe,
  stands: Plan,
  was: PlanRequest,
  wish: ChangeWish,
  before: Pick<Recipe, 'detail'> = recipe,
): ChangedRequest {
  const fields = [
    ...strangers(recipe, stands, wish),
    ...strangeImages(recipe, wish),
    ...newSecrets(recipe, was, wish),
    ...twoNumbers(recipe, wish),
  ];
  if (fields.length > 0) return { request: was, leaving: [], fields };
  const removed = new Set(wish.removeNodes);
  const inputs = withoutGone({ ...was.inputs, ...wish.inputs }, recipe, before);
  const numbers: Record<string, number[]> = { ...was.numbers };
  for (const { name, countInput } of recipe.detail.groups) {
    if (countInput === undefined) continue;
    const there = stands.nodes.filter(({ group }) => group === name);
    const stays = there.filter(({ key }) => !removed.has(key)).map(({ index }) => index);
    const asked = wish.groups?.[name]?.count ?? wish.inputs?.[countInput];
    const count = asked ?? stays.length;
    inputs[countInput] = count;
    // what is no count at all is told by whoever checks the inputs
    if (!Number.isSafeInteger(count)) continue;
    numbers[name] = numbersFor(
      stays,
      there.filter(({ key }) => removed.has(key)).map(({ index }) => index),
      Number(count),
    );
  }
  const groups = new Set(recipe.detail.groups.map(({ name }) => name));
  const leaving = stands.nodes.filter(
    ({ group, index }) => !groups.has(group) || (numbers[group] !== undefined && !numbers[group].includes(index)),
  );
  const addOns = [...(wish.addOns ?? was.addOns)];
  const request = { ...was, addOns, inputs, numbers, placement: withImages(placementFor(recipe, was.placement), wish.images) };
  const unchangeable = fixedOnes(recipe, was, request, before, wish);
  return unchangeable.length > 0 ? { request: was, leaving: [], fields: unchangeable } : { request, leaving, fields };
}

// What a recipe says is settled once a deployment stands, whichever way another answer is asked for.
function fixedOnes(
  { detail }: Recipe,
  was: PlanRequest,
  is: PlanRequest,
  before: Pick<Recipe, 'detail'>,
  { groups = {} }: ChangeWish,
): FieldProblem[] {
  const changed = new Set(changedInputs({ detail }, was, is, before));
  const counted = new Map(detail.groups.map(({ name, countInput }) => [countInput, name]));
  return detail.inputs
    .filter(({ name, fixed }) => fixed && changed.has(name))
    .map(({ name, label }) => {
      const group = counted.get(name) ?? '';
      return {
        path: Object.hasOwn(groups, group) ? `groups.${group}.count` : `inputs.${name}`,
        message: `${label} can’t be another where it stands. Make another deployment for that.`,
      };
    });
}

// What an add-on that goes asked for is answered no more.
function withoutGone(inputs: InputValues, { detail }: Recipe, before: Pick<Recipe, 'detail'>): InputValues {
  const names = (inputsOf: Pick<Recipe, 'detail'>) => new Set(inputsOf.detail.inputs.map(({ name }) => name));
  const [is, was] = [names({ detail }), names(before)];
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => is.has(name) || !was.has(name)));
}

// Machines that come with an add-on go where those of their part stand, in the same networks.
function placementFor({ detail }: Recipe, placement: PlanRequest['placement']): PlanRequest['placement'] {
  const added = detail.groups.flatMap(({ name, placementSet }): [string, Placement][] => {
    if (placement[name]) return [];
    const beside = detail.groups.find((group) => group.placementSet === placementSet && placement[group.name]);
    const stands = placement[beside?.name ?? ''];
    if (!stands) return [];
    const { site, project, credential, network, pool, nameServers, router } = stands;
    return [[name, { site, project, credential, network, pool, nameServers, router }]];
  });
  return { ...placement, ...Object.fromEntries(added) };
}

/** The most numbers that are worth writing down: more nodes than any deployment has. */
const mostNumbers = 1001;

function numbersFor(stays: number[], gone: number[], count: number): number[] {
  const kept = stays.toSorted((a, b) => a - b).slice(0, Math.max(0, count));
  const taken = new Set([...stays, ...gone]);
  for (let next = 1; kept.length < Math.min(count, mostNumbers); next += 1) if (!taken.has(next)) kept.push(next);
  return kept.toSorted((a, b) => a - b);
}

function strangers({ detail }: Recipe, { nodes }: Plan, { groups = {}, removeNodes = [] }: ChangeWish): FieldProblem[] {
  const counted = (name: string) => detail.groups.find((group) => group.name === name)?.countInput !== undefined;
  const ofGroups = Object.keys(groups).flatMap((name): FieldProblem[] => {
    if (counted(name)) return [];
    const known = detail.groups.some((group) => group.name === name);
    return [
      { path: `groups.${name.slice(0, 100)}`, message: known ? 'The number of its nodes is fixed.' : 'The recipe has no such group.' },
    ];
  });
  const ofNodes = removeNodes.flatMap((key, index): FieldProblem[] => {
    const node = nodes.find((each) => each.key === key);
    if (node && counted(node.group)) return [];
    return [
      {
        path: `removeNodes.${index}`,
        message: node ? `${node.hostname} is one of a fixed number.` : `There is no node ${key.slice(0, 100)}.`,
      },
    ];
  });
  return [...ofGroups, ...ofNodes];
}

function strangeImages({ detail }: Recipe, { images = {} }: ChangeWish): FieldProblem[] {
  const unknown = Object.keys(images).filter((name) => !detail.groups.some((group) => group.name === name));
  return unknown.map((name) => ({ path: `images.${name.slice(0, 100)}`, message: 'The recipe has no such group.' }));
}

function twoNumbers({ detail }: Recipe, { groups = {}, inputs = {} }: ChangeWish): FieldProblem[] {
  return detail.groups.flatMap(({ name, countInput = '' }): FieldProblem[] => {
    const [count, answer] = [groups[name]?.count, inputs[countInput]];
    if (count === undefined || answer === undefined || answer === null || answer === count) return [];
    return [{ path: `inputs.${countInput}`, message: `groups.${name.slice(0, 100)}.count says another number.` }];
  });
}

// What a secret was before is kept nowhere, so that a change of it could not be taken back.
function newSecrets({ detail }: Recipe, was: PlanRequest, { inputs = {} }: ChangeWish): FieldProblem[] {
  const changed = detail.inputs.filter(
    ({ name, secret }) => secret && name in inputs && inputs[name] !== masked && inputs[name] !== was.inputs[name],
  );
  return changed.map(({ name, label }) => ({
    path: `inputs.${name}`,
    message: `${label} is secret, and can’t be changed where it is in use.`,
  }));
}
