import type { PlanRequestBody } from '@/lib/api/contract/deployments';
import type { MatchItem, MatchRequestBody } from '@/lib/api/contract/sites';
import type { FormInput, RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import * as form from '@/lib/inputs/check-form';
import type { Matches } from '@/lib/inputs/types';
import { type Complaint, complaintOf } from './answers/check-input';
import { isRange } from './answers/ranges';
import { answerOf, type RawValue, rawOf } from './answers/raw-value';
import type { Draft, MachineChoice, SiteChoice, WaysChoice } from './draft';
import type { ShownRanking } from './placing/shown-ranking';

/** What the control of an input shows: the person's answer, else what is proposed. */
export function rawIn(draft: Pick<Draft, 'inputs'>, input: FormInput): RawValue {
  return draft.inputs[input.name] ?? (isRange(input) ? (input.own ?? '') : rawOf(input));
}

/** Questions that are asked with the answers given so far. */
export function askedInputs(recipe: RecipeDetail, draft: Draft): FormInput[] {
  return form.askedInputs(recipe.inputs, answersIn(recipe, draft));
}

/** Answers that differ from silence, as the API takes them. */
export function inputValues(recipe: RecipeDetail, draft: Draft): Record<string, unknown> {
  const given = askedInputs(recipe, draft).filter((input) => draft.inputs[input.name] !== undefined || isRange(input));
  const entries = given.map((input) => [input.name, answerOf(input, rawIn(draft, input))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * What is wrong with the answers, by input: the first of each.
 * @param matches how patterns are matched; see {@link usePatterns}
 */
export function complaints(recipe: RecipeDetail, draft: Draft, matches: Matches): Map<string, Complaint> {
  const { faults } = form.checkForm(recipe.inputs, answersIn(recipe, draft), matches);
  return new Map(faults.toReversed().map(({ input, fault }) => [input, complaintOf(fault)]));
}

function answersIn({ inputs }: RecipeDetail, draft: Draft): Record<string, unknown> {
  return Object.fromEntries(inputs.map((input) => [input.name, answerOf(input, rawIn(draft, input))]));
}

/** Groups that go to one site together. */
export interface FormSet {
  set: string;
  /** what people call it; empty where there is but one */
  label: string;
  apart: boolean;
  groups: RecipeGroup[];
}

/** The groups that go to one site together, in the recipe's order. */
export function placementSets(recipe: RecipeDetail): FormSet[] {
  const sets = recipe.sets.map(({ name, label, apart }) => {
    const groups = recipe.groups.filter(({ placementSet }) => placementSet === name);
    return { set: name, label: label || groups.map((group) => group.label).join(', '), apart, groups };
  });
  return sets.filter(({ groups }) => groups.length > 0);
}

const isChosen = (item: MatchItem, choice: SiteChoice) =>
  item.site === choice.site && (choice.project === null || item.project?.id === choice.project);

/**
 * The match of each set: the person's choice, else the first that fits at a site of its own. Parts share one by themselves only
 * where no other fits. Pure.
 */
export function chosenMatches(
  sets: readonly { set: string; ranking: ShownRanking | undefined }[],
  choices: Draft['sites'],
): Map<string, MatchItem> {
  const chosen = new Map<string, MatchItem>();
  for (const { set, ranking } of sets) {
    const choice = choices[set];
    const item = choice && ranking?.items.find((each) => isChosen(each, choice));
    if (item) chosen.set(set, item);
  }
  for (const { set, ranking } of sets) {
    if (!ranking || chosen.has(set) || !ranking.best) continue;
    const taken = new Set([...chosen.values()].map(({ site }) => site));
    const free = [ranking.best, ...ranking.items].find((item) => item.fits && !taken.has(item.site));
    chosen.set(set, free ?? ranking.best);
  }
  return chosen;
}

type Placed = NonNullable<PlanRequestBody['placement']>[string];

/** What is said of the image that is chosen, once all that must be said is. */
export function saidOf(machine: Pick<MachineChoice, 'image' | 'imageIs'> | undefined): Placed['imageIs'] {
  const { image, distro, version, architecture, loginUser } = machine?.imageIs ?? {};
  if (!image || image !== machine?.image || !distro || !version || !loginUser) return undefined;
  const known = architecture === 'x86_64' || architecture === 'aarch64' ? architecture : undefined;
  return { image, distro, version, architecture: known, loginUser };
}

/** Addresses in what is typed, with spaces or commas between them. */
export const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');

function waysOf({ nameServers = '', network, ...ways }: WaysChoice = {}): Partial<Placed> {
  const servers = addressesIn(nameServers);
  // these are of a network that is made
  const { router, ...others } = ways;
  return network === undefined ? { ...others, router, nameServers: servers.length > 0 ? servers : undefined } : { ...others, network };
}

/** What is chosen of machines at the site of each set: the ranking there is for these. Where nothing is, the set is left out. */
export function chosenMachines(recipe: RecipeDetail, draft: Draft): Record<string, MatchRequestBody['chosen']> {
  const sets = placementSets(recipe).flatMap(({ set, groups }) => {
    const place = draft.sites[set];
    const machines = groups.flatMap(({ name }) => {
      const { flavor, image, trustedImage } = draft.machines[name] ?? {};
      const imageIs = saidOf(draft.machines[name]);
      return flavor === undefined && image === undefined ? [] : [[name, { flavor, image, trustedImage, imageIs }] as const];
    });
    if (!place || machines.length === 0) return [];
    return [[set, { site: place.site, project: place.project ?? undefined, machines: Object.fromEntries(machines) }] as const];
  });
  return Object.fromEntries(sets);
}

/** The request for a plan, or null while a set has no site yet. */
export function planRequest(recipe: RecipeDetail, draft: Draft, matches: Map<string, MatchItem>): PlanRequestBody | null {
  const placement: NonNullable<PlanRequestBody['placement']> = {};
  for (const { set, groups } of placementSets(recipe)) {
    const match = matches.get(set);
    if (!match) return null;
    for (const group of groups) {
      const machine = draft.machines[group.name];
      // what was ranked for machines without a lease is nothing for those that have one
      const choice = machine?.lease === undefined && machine?.newLease === undefined ? match.choices[group.name] : undefined;
      placement[group.name] = {
        site: match.site,
        project: match.project?.id,
        credential: match.credential ?? undefined,
        flavor: machine?.flavor ?? choice?.flavor ?? undefined,
        image: machine?.image ?? choice?.image ?? undefined,
        trustedImage: machine?.trustedImage,
        imageIs: saidOf(machine),
        ...waysOf(draft.ways[set]),
        lease: machine?.lease,
        newLease: machine?.lease === undefined ? machine?.newLease : undefined,
      };
    }
  }
  return { recipe: recipe.id, addOns: draft.addOns, inputs: inputValues(recipe, draft), placement };
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u;

/** Whether the API will take this name of a deployment. */
export function isDeploymentName(name: string): boolean {
  return namePattern.test(name.trim());
}

/** A name to begin with: the recipe and the day. */
export function suggestName(recipe: string, now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${recipe}-${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}`.slice(0, 60);
}
