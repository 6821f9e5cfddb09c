import type { Recipe } from '@/lib/catalog/recipe';
import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { type ChangedResource, type Difference, differenceOf } from '@/lib/planning/change/difference';
import { changedAddOns, changedInputs, type EffectOf, effectsOf, isResized, worst } from '@/lib/planning/change/effect';
import { type ChangedImage, changedImages } from '@/lib/planning/change/images';
import { type Resizing, resizedInPlace, sizesOf } from '@/lib/planning/change/resize';
import { type ChangeWish, changedRequest } from '@/lib/planning/change/wish';
import type { Leaving } from '@/lib/planning/draft';
import type { Plan, PlannedNode, PlanProblem, PlanRequest } from '@/lib/planning/types';
import { goneSoftware, planAgain } from '@/lib/proposing/plan-again';
import { closeRanges } from '@/lib/proposing/ranges';
import type { ProposingPorts } from '@/lib/proposing/types';
import type { Updating } from '@/lib/store/schema';
import type { Deployment } from '../../ledger/ledger';
import { waitingFor } from '../../ledger/plans/waiting-nodes';
import { leaseProblems } from './on-lease';

/** What is to be changed of a deployment that stands, and how. */
export interface Change extends ChangeWish {
  /** what becomes of the work on nodes that go */
  way: Exclude<Leaving['way'], 'stay'>;
  /** how machines that stand come to another size */
  machines?: Resizing;
  /** the range of the person's own address: who may come in by a door of an add-on of which nobody says so */
  ownRange?: string | null;
}

/** A change with all that follows from it; nothing is done yet. */
export interface Proposal {
  recipe: Recipe;
  request: PlanRequest;
  plan: Plan;
  draining: Plan | null;
  difference: Difference;
  effects: EffectOf[];
  /** names of inputs that are answered otherwise */
  answered: string[];
  addOns: AddOnsChange;
  /** groups whose machines boot another image */
  images: ChangedImage[];
  leaving: PlannedNode[];
  waiting: Updating['waiting'];
  inTurn: boolean;
  /** keys of servers that could get their other flavor where they stand */
  resizable: ReadonlySet<string>;
  /** estimate until it is done, without the time that nodes which go are waited for */
  seconds: number;
  /** nothing of it stands against what the sites and the recipe allow, where there is no error among them */
  problems: PlanProblem[];
  /** nobody has said yet who may come in by a door of an add-on: the rules of the plan that let everybody in are nobody's wish */
  unsaid: boolean;
}

/**
 * Works out what a change of a deployment would do, by what its sites have now. Nothing is written.
 * @param maxAgeMs how old what sites told may be
 * @throws AppError `invalid-input` naming the fields of a wish that can't be
 */
export async function proposeChange(
  services: ProposingPorts,
  person: Visitor,
  { id, plan: stands, request }: Pick<Deployment, 'id' | 'plan' | 'request'>,
  { way, machines = 'resize', ownRange = null, ...asked }: Change,
  maxAgeMs?: number,
): Promise<Proposal> {
  const was = request as PlanRequest; // written from this very type
  const before = services.catalog.recipe(was.recipe, was.addOns);
  const recipe = asked.addOns === undefined ? before : services.catalog.recipe(was.recipe, asked.addOns);
  const doors = newDoors(before, recipe, asked.inputs, ownRange);
  const wish: ChangeWish = { ...asked, inputs: doors.answers, ...(asked.addOns && { addOns: recipe.addOns }) };
  const changed = changedRequest(recipe, stands, was, wish, before);
  if (changed.fields.length > 0) throw invalidInput(changed.fields);
  const { leaving } = changed;
  const standing = { id, recipe, before, plan: stands, was, is: changed.request, leaving: { nodes: leaving, way } };
  const planned = await planAgain(services, person, standing, maxAgeMs);
  const { resizable, request: is } = planned;
  const difference = resizedInPlace(differenceOf(stands, planned.plan), machines === 'resize' ? resizable : new Set());
  const sizes = isResized(difference) ? sizesOf(recipe) : new Set<string>();
  const effects = effectsOf(recipe, difference, [was, is], stands, before);
  const effect = worst(effects.map((each) => each.effect));
  const answered = changedInputs(recipe, was, is, before);
  const remakes = answered.some((name) => !sizes.has(name) && isRemade(recipe, name));
  const waiting = waitingFor(planned.plan, difference, remakes);
  const problems = [
    ...doors.problems,
    ...planned.problems,
    ...difference.changed.flatMap(impossible),
    ...leaseProblems(planned.plan, stands),
  ];
  return {
    recipe,
    request: is,
    plan: planned.plan,
    draining: planned.draining,
    difference,
    effects,
    answered,
    addOns: addOnsOf(before, recipe),
    images: changedImages(stands, planned.plan),
    leaving,
    waiting,
    resizable,
    inTurn:
      effect !== 'none' &&
      effect !== 'reload' &&
      waiting.some(({ remake, resize, steps }) => remake.length > 0 || resize !== undefined || steps.length > 0),
    seconds: secondsOf(before, recipe, planned.plan, difference, waiting),
    problems: problems.map((problem) => ({ ...problem, field: fieldOf(recipe, wish, problem.field) })),
    unsaid: doors.problems.some(({ severity }) => severity === 'error'),
  };
}

/** Which add-ons come and go, and of those that go what of them stays on machines: the titles of steps that nothing undoes. */
export interface AddOnsChange {
  added: string[];
  removed: string[];
  left: string[];
}

function addOnsOf(before: Recipe, is: Recipe): AddOnsChange {
  const left = goneSoftware(before, is).filter(({ removal }) => removal.length === 0);
  return { ...changedAddOns(before, is), left: [...new Set(left.flatMap(({ steps }) => steps.map(({ title }) => title)))] };
}

// What comes with an add-on lets in nobody whom nobody has named.
function newDoors(before: Recipe, { detail }: Recipe, answers: ChangeWish['inputs'], own: string | null) {
  const known = new Set(before.detail.inputs.map(({ name }) => name));
  const added = detail.inputs.filter(({ name }) => !known.has(name));
  return added.length === 0 ? { answers, problems: [] } : closeRanges(added, answers ?? {}, own);
}

/** What stands against a change, in the words of the first error. */
export function refusalOf({ problems }: Proposal): AppError | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return undefined;
  const fields = errors.flatMap(({ field, detail }): FieldProblem[] => (field ? [{ path: field, message: detail }] : []));
  return new AppError({ ...first, fields: fields.length > 0 ? fields : undefined });
}

// Only what a recipe itself says is made anew is: the worst that it may be is told of the rest, and its steps, which are safe to run twice, run again. What loses
// data loses it by its steps: a machine that is made anew would lose what they begin with, too.
function isRemade({ detail }: Recipe, name: string): boolean {
  return detail.inputs.find((input) => input.name === name)?.effect === 'recreate';
}

function impossible({ key, kind, fields, effect }: ChangedResource): PlanProblem[] {
  if (effect !== 'impossible') return [];
  const detail = `${key} (${kind}) can’t be changed while the deployment stands: ${fields.join(', ')}.`;
  const remedy = 'Leave this as it is, or deploy again beside it.';
  return [{ severity: 'error', code: 'conflict', title: 'This can’t be changed where it stands', detail, remedy }];
}

// What is said of the input that counts a group's nodes is about its count, where that was given.
function fieldOf({ detail }: Recipe, { groups = {}, images = {} }: ChangeWish, field: string | undefined): string | undefined {
  const image = Object.keys(images).find((name) => field === `placement.${name}.image`);
  if (image !== undefined) return `images.${image}`;
  const group = detail.groups.find(
    ({ name, countInput }) => Object.hasOwn(groups, name) && (field === `inputs.${countInput}` || field?.startsWith(`placement.${name}.`)),
  );
  if (group) return `groups.${group.name}.count`;
  const [first] = Object.keys(groups);
  return first !== undefined && field?.startsWith('placement.') ? `groups.${first}.count` : field;
}

const stepSeconds = 30;
const remakeSeconds = 90;
/** until a machine has its other flavor and runs again */
const resizeSeconds = 60;

function secondsOf(before: Recipe, is: Recipe, plan: Plan, { added }: Difference, waiting: Updating['waiting']): number {
  const { software } = is;
  const known = new Map(software.flatMap(({ steps, seconds }) => steps.map(({ name }) => [name, seconds / steps.length])));
  const each = waiting.map(({ node, steps, remake, resize }) => {
    const all =
      remake.length > 0 || resize !== undefined ? (plan.nodes.find(({ key }) => key === node)?.steps.map(({ name }) => name) ?? []) : steps;
    const machine = remake.length > 0 ? remakeSeconds : resize === undefined ? 0 : resizeSeconds;
    return machine + all.reduce((sum, name) => sum + (known.get(name) ?? stepSeconds), 0);
  });
  const told = waiting.some(({ remake, resize }) => remake.length > 0 || resize !== undefined)
    ? each.reduce((sum, one) => sum + one, 0)
    : Math.max(0, ...each);
  const taken = stepSeconds * goneSoftware(before, is).reduce((sum, { removal }) => sum + removal.length, 0);
  return Math.round((added.nodes.length > 0 ? plan.totals.seconds : 0) + taken + told);
}
