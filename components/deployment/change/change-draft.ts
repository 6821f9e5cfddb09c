import { isRange } from '@/components/configure/answers/ranges';
import { answerOf, type RawValue, rawOf } from '@/components/configure/answers/raw-value';
import type { MachineChoice } from '@/components/configure/draft';
import { rawIn, saidOf } from '@/components/configure/request';
import type { PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import type { FormInput, RecipeDetail, RecipeGroup } from '@/lib/catalog/types';

/** A change as far as it is typed. */
export interface ChangeDraft {
  /** by group: how many nodes it is to have */
  counts: Record<string, number>;
  /** keys of nodes that are chosen to go */
  going: readonly string[];
  inputs: Record<string, RawValue>;
  addOns: readonly string[];
  /** by group, of those that are to boot another; an empty one stays */
  images: Record<string, Pick<MachineChoice, 'image' | 'trustedImage' | 'imageIs'>>;
  jobs: 'finish' | 'requeue';
  /** how machines that stand come to another size */
  machines: 'resize' | 'rebuild';
}

export const countedGroups = ({ groups }: RecipeDetail): RecipeGroup[] => groups.filter(({ countInput }) => countInput !== undefined);

/** The deployment as it stands, with nothing changed. */
export function draftOf(recipe: RecipeDetail, view: DeploymentView, nodes: readonly NodeView[]): ChangeDraft {
  const there = nodes.filter(({ state }) => state !== 'deleting' && state !== 'gone');
  return {
    counts: Object.fromEntries(countedGroups(recipe).map(({ name }) => [name, there.filter(({ group }) => group === name).length])),
    going: [],
    inputs: Object.fromEntries(recipe.inputs.map((input) => [input.name, rawOf(input, view.inputs[input.name] ?? input.default)])),
    addOns: view.addOns,
    images: {},
    jobs: 'finish',
    machines: 'resize',
  };
}

/** Has a node go, or not after all: its group has one less, or one more. */
export function withGoing(draft: ChangeDraft, { key, group }: Pick<NodeView, 'key' | 'group'>, goes: boolean): ChangeDraft {
  const going = draft.going.filter((each) => each !== key);
  const count = Math.max(0, (draft.counts[group] ?? 0) + (goes ? -1 : 1));
  return { ...draft, going: goes ? [...going, key] : going, counts: { ...draft.counts, [group]: count } };
}

/**
 * What of a draft differs from how it stands, as the API takes it; null where nothing does.
 * @param recipe with the add-ons of the draft
 */
export function bodyOf(recipe: RecipeDetail, stands: ChangeDraft, draft: ChangeDraft): PatchDeploymentBody | null {
  const groups = Object.entries(draft.counts).filter(([name, count]) => count !== stands.counts[name]);
  const counted = new Set(countedGroups(recipe).map(({ countInput }) => countInput));
  // the door of an add-on that comes is open to whom the form shows, though nobody touched it
  const rawOfInput = (input: FormInput) =>
    input.name in stands.inputs || !isRange(input) ? draft.inputs[input.name] : rawIn(draft, input);
  const changed = recipe.inputs.filter(
    (input) => !input.secret && !counted.has(input.name) && JSON.stringify(rawOfInput(input)) !== JSON.stringify(stands.inputs[input.name]),
  );
  const others = draft.addOns.length !== stands.addOns.length || draft.addOns.some((id) => !stands.addOns.includes(id));
  const images = Object.entries(draft.images).flatMap(([group, { image, trustedImage, imageIs }]) =>
    image ? [[group, { image, trustedImage, imageIs: saidOf({ image, imageIs }) }] as const] : [],
  );
  if (groups.length + draft.going.length + changed.length + images.length === 0 && !others) return null;
  return {
    ...(groups.length > 0 && { groups: Object.fromEntries(groups.map(([name, count]) => [name, { count }])) }),
    ...(draft.going.length > 0 && { removeNodes: [...draft.going] }),
    ...(changed.length > 0 && {
      inputs: Object.fromEntries(changed.map((input) => [input.name, answerOf(input, rawOfInput(input) ?? '') ?? null])),
    }),
    ...(images.length > 0 && { images: Object.fromEntries(images) }),
    ...(others && { addOns: [...draft.addOns] }),
    jobs: draft.jobs,
    machines: draft.machines,
  };
}
