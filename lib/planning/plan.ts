import { checkInputs } from '@/lib/catalog/form/check-inputs';
import { holds } from '@/lib/catalog/form/conditions';
import type { InputValues, RecipeDetail } from '@/lib/catalog/types';
import { masked } from '@/lib/inputs/masked';
import { EvaluationError } from '@/lib/tosca/evaluate';
import { decideGroups } from './decide';
import type { Draft, PlanningInput } from './draft';
import { leasesOf } from './leases';
import { makeNodes } from './machines';
import { openAcross } from './network/across';
import { wire } from './network/wiring';
import { placeGroups } from './placement';
import { problem } from './problems';
import { makeServers } from './servers';
import { checkQuotas, totalsOf, warnOfUnsure } from './totals';
import type { Plan, PlannedNode, PlannedOutput } from './types';
import { references, toValue } from './values';

/**
 * Works out what a deployment would create: the resources with what each waits for, the nodes with their steps, outputs
 * and totals. Pure: the same input gives the same plan.
 * @returns the plan, also where something is wrong: then without what can't be made, and with a problem for each reason
 */
export function planDeployment(input: PlanningInput): Plan {
  return draftPlan(input).plan;
}

/** The plan with the draft that it was made from. */
export function draftPlan(input: PlanningInput): { plan: Plan; draft: Draft } {
  const { recipe } = input;
  const draft = startDraft(input);
  const nodes = attempt(draft, () => makeAll(draft), []);
  const { id, version, name } = recipe.detail;
  const plan: Plan = {
    recipe: { id, version, name, addOns: recipe.addOns },
    resources: draft.resources,
    nodes,
    outputs: attempt(draft, () => outputsOf(draft), []),
    ...setsOf(draft),
    leases: leasesOf(draft),
    secrets: secretsOf(draft),
    totals: totalsOf(draft),
    siteTotals: Object.fromEntries(draft.places.map((place) => [place.site.id, totalsOf(draft, place)])),
    problems: draft.problems,
  };
  return { plan, draft };
}

/** A draft with its inputs checked: wrong ones are problems, and have their default. */
function startDraft(input: PlanningInput): Draft {
  const { detail } = input.recipe;
  const kept = keptSecrets(input);
  const inputs = Object.fromEntries(Object.entries(input.request.inputs).filter(([name]) => !kept.has(name)));
  const form = { inputs: detail.inputs.map((each) => (kept.has(each.name) ? { ...each, required: false } : each)) };
  const check = checkInputs(form, inputs);
  const problems = check.ok
    ? []
    : check.fields.map(({ path, message }) => problem('invalid-input', `${labelOf(detail, path)}: ${message}`, { field: path }));
  const values = check.ok ? check.values : valuesWithout(detail, inputs, new Set(check.fields.map(({ path }) => path)));
  for (const name of kept) values[name] = masked;
  const filled = (name: string) => values[name] !== undefined && values[name] !== null && values[name] !== '';
  const asked = detail.inputs.filter((each) => each.secret && (each.generated !== undefined || filled(each.name)));
  const secrets = new Set(asked.filter(({ enabledBy }) => !enabledBy || holds([enabledBy], values)).map(({ name }) => name));
  return { input, values, secrets, places: [], groups: [], resources: [], keys: new Set(), problems };
}

/** Secrets that a person gave once: what stands in their place is no answer, and is not looked at as one. */
function keptSecrets({ standing, request }: PlanningInput): Set<string> {
  const there = standing?.secrets.filter(({ given, name }) => given && request.inputs[name] === masked) ?? [];
  return new Set(there.map(({ name }) => name));
}

function makeAll(draft: Draft): PlannedNode[] {
  if (draft.input.recipe.groups.length === 0)
    draft.problems.push(
      problem('recipe-invalid', 'Nothing would be made: the recipe has no machines.', {
        cause: 'What it describes (containers, functions) is made by other tools on what they have already.',
        remedy: 'Choose a recipe that makes the cluster, and deploy on that.',
      }),
    );
  const decided = decideGroups(draft, placeGroups(draft));
  for (const group of decided) {
    const wiring = wire(draft, group, decided);
    if (wiring) draft.groups.push(makeNodes(draft, group, wiring));
  }
  for (const place of draft.places)
    if (!place.site.features.securityGroups && draft.groups.some((group) => group.place === place && !group.bareMetal))
      draft.problems.push(
        problem('invalid-input', `${place.site.name} has no security groups.`, {
          severity: 'warning',
          cause: 'What comes in is limited by the firewall that an image runs, where it runs one, and by nothing else.',
          remedy: 'Choose an image that runs a firewall, or another site, where that is not enough.',
        }),
      );
  openAcross(draft);
  const nodes = makeServers(draft);
  checkNames(draft, nodes);
  for (const place of draft.places) {
    checkQuotas(draft, place);
    warnOfUnsure(draft, place);
  }
  return nodes;
}

function checkNames(draft: Draft, nodes: PlannedNode[]): void {
  const seen = new Set<string>();
  for (const { hostname } of nodes) {
    if (seen.has(hostname))
      draft.problems.push(
        problem('recipe-invalid', `Two nodes are called ${hostname}.`, { remedy: 'Tell whoever looks after this recipe.' }),
      );
    seen.add(hostname);
  }
}

function outputsOf(draft: Draft): PlannedOutput[] {
  return draft.input.recipe.outputs.flatMap(({ definition, enabledBy, ...output }) => {
    if (!holds(enabledBy, draft.values)) return [];
    const value = toValue(draft, definition.value, null);
    const secret = output.secret || [...references(value)].some((reference) => 'secret' in reference);
    return [{ ...output, secret, value }];
  });
}

function setsOf({ input: { recipe }, groups: placed }: Draft): Pick<Plan, 'sets'> {
  if (recipe.detail.sets.length < 2) return {};
  const sets = recipe.detail.sets.flatMap(({ name, label, groups }) => {
    const site = placed.find(({ template }) => groups.includes(template.name))?.place.site.id;
    return site === undefined ? [] : [{ name, label, groups, site }];
  });
  return { sets };
}

function secretsOf(draft: Draft): Plan['secrets'] {
  return draft.input.recipe.detail.inputs
    .filter(({ name }) => draft.secrets.has(name))
    .map(({ name, generated }) => {
      const given = draft.values[name] !== undefined && draft.values[name] !== null && draft.values[name] !== '';
      return { name, generate: generated ?? 'password', ...(given && { given }) };
    });
}

// A recipe that asks for what can't be known yet is the author's fault; the plan says where.
function attempt<T>(draft: Draft, work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    draft.problems.push(
      problem('recipe-invalid', `${error.message} (recipe, line ${error.at.line})`, { remedy: 'Tell whoever looks after this recipe.' }),
    );
    return otherwise;
  }
}

function valuesWithout(detail: RecipeDetail, inputs: InputValues, wrong: Set<string>): InputValues {
  const good = Object.fromEntries(Object.entries(inputs).filter(([name]) => !wrong.has(`inputs.${name.slice(0, 100)}`)));
  const check = checkInputs(detail, good, { partial: true });
  return check.ok ? check.values : {};
}

function labelOf(detail: RecipeDetail, path: string): string {
  const name = path.replace(/^inputs\./, '');
  return detail.inputs.find((input) => input.name === name)?.label ?? name;
}
