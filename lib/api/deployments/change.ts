import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { invalidInput } from '@/lib/core/problems';
import { loadVersion } from '@/lib/deploying/ledger/plans/versions';
import { isNothing, refuseOther } from '@/lib/deploying/requests/update/begin';
import { type Proposal, proposeChange } from '@/lib/deploying/requests/update/proposal';
import type { Visitor } from '@/lib/desk/types';
import { worst } from '@/lib/planning/change/effect';
import { imagesBefore } from '@/lib/planning/change/images';
import type { ChangeWish } from '@/lib/planning/change/wish';
import { everybody } from '@/lib/planning/network/ports';
import type { Plan, PlannedNode, PlanRequest } from '@/lib/planning/types';
import type { ChangePreview, patchDeploymentSchema, VersionView } from '../contract/deployment-changes';
import type { Services } from '../services';
import type { StoredDeployment } from './stored';

type Patch = z.output<typeof patchDeploymentSchema> & { ownRange: string | null };

/**
 * What a person's change would do to a deployment; undefined where they ask for none beside its name and its end.
 * @param maxAgeMs how old what sites told may be
 */
export async function proposed(
  services: Services,
  person: Visitor,
  row: StoredDeployment,
  patch: Patch,
  maxAgeMs?: number,
): Promise<Proposal | undefined> {
  const { groups, removeNodes, inputs, addOns, images, revertTo, jobs, machines, ownRange } = patch;
  if ([groups, removeNodes, inputs, addOns, images, revertTo].every((each) => each === undefined)) return undefined;
  refuseOther({ deployment: row });
  for (const [path, given] of Object.entries({ inputs, addOns, images }))
    if (revertTo !== undefined && given !== undefined)
      throw invalidInput([{ path, message: 'A version that it goes back to has answers of its own: leave these out, or revertTo.' }]);
  const back = revertTo === undefined ? undefined : await versionOf(services, row, revertTo);
  const wish: ChangeWish = {
    groups,
    removeNodes,
    inputs: back === undefined ? inputs : withoutCounts(services, back, groups),
    addOns: back === undefined ? addOns : back.addOns,
    images: revertTo === undefined ? images : await imagesOf(services, row, revertTo, back?.placement),
  };
  return await proposeChange(services, person, row, { ...wish, way: jobs, machines, ownRange }, maxAgeMs);
}

// What was not answered then has its default again.
async function versionOf({ store }: Services, { id, request }: StoredDeployment, number: number): Promise<PlanRequest> {
  const version = await loadVersion(store.db, id, number);
  if (!version) throw invalidInput([{ path: 'revertTo', message: `There is no version ${number}.` }]);
  const none = Object.fromEntries(Object.keys(request.inputs).map((name) => [name, null]));
  return { ...version.request, inputs: { ...none, ...version.request.inputs } };
}

/** The images that its groups had in a version. */
async function imagesOf(
  { store }: Services,
  { id }: StoredDeployment,
  number: number,
  placement: PlanRequest['placement'] = {},
): Promise<ChangeWish['images']> {
  const later = await store.db
    .selectFrom('deployment_versions')
    .select('change')
    .where('deployment_id', '=', id)
    .where('number', '>', number)
    .where('undone', '=', false)
    .orderBy('number')
    .execute();
  // written as `wordsOf` has it
  const images = imagesBefore(later.map(({ change }) => (change as VersionView['change'])?.images ?? []));
  const said = (group: string, image: string | undefined) =>
    placement[group]?.imageIs?.image === image ? placement[group]?.imageIs : undefined;
  return Object.fromEntries(Object.entries(images).map(([group, wish]) => [group, { ...wish, imageIs: said(group, wish.image) }]));
}

// A number that is said for a group is meant, whatever the version had.
function withoutCounts({ catalog }: Services, { recipe, addOns, inputs: answers }: PlanRequest, groups: Patch['groups'] = {}) {
  const { detail } = catalog.recipe(recipe, addOns);
  const counted = detail.groups.flatMap(({ name, countInput }) => (name in groups && countInput !== undefined ? [countInput] : []));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !counted.includes(name)));
}

/** A proposal as people see it. */
export function previewOf(proposal: Proposal, { plan: stands, revision }: StoredDeployment): ChangePreview {
  const { plan, difference, effects, leaving, waiting, draining, resizable, inTurn, seconds, addOns, problems, unsaid } = proposal;
  const added = plan.nodes.filter(({ key }) => difference.added.nodes.includes(key));
  return {
    revision,
    nothing: isNothing(proposal),
    added: added.map(nodeOf),
    removed: leaving.map(nodeOf),
    drains: draining !== null,
    changed: difference.changed.map(({ key, kind, effect }) => ({ key, kind, effect, summary: summaryOf(plan, key) })),
    nodes: waiting.flatMap(({ node: key, steps, remake, resize, firewall = false }) => {
      const node = plan.nodes.find((each) => each.key === key);
      if (!node || (steps.length === 0 && remake.length === 0 && resize === undefined && !firewall)) return [];
      return [{ ...nodeOf(node), steps: titlesOf(node, steps), remade: remake.length > 0, resized: resize !== undefined, firewall }];
    }),
    effect: worst(effects.map(({ effect }) => effect)),
    effects: effects.map((each) => ({ ...each, because: named(each, stands) })),
    addOns,
    rules: changedRules(stands, plan, unsaid),
    resizable: resizable.size > 0,
    inTurn,
    seconds,
    before: stands.totals,
    after: plan.totals,
    problems,
  };
}

function changedRules(stands: Plan, plan: Plan, unsaid: boolean): ChangePreview['rules'] {
  const [was, is] = [stands, plan].map(({ resources }) => {
    const rules = resources.flatMap(({ spec }) => (spec.kind === 'securityGroup' ? spec.rules : []));
    return rules.map(({ protocol, fromPort, toPort, cidr, why }) => ({ protocol, fromPort, toPort, from: cidr ?? '', why }));
  });
  const without = (some: typeof was = [], others: typeof was = []) =>
    some.filter((one, index) => [others, some.slice(0, index)].every((all) => !all.some((other) => isDeepStrictEqual(one, other))));
  const opened = without(is, was).filter(({ from }) => !unsaid || from !== everybody);
  return { opened, closed: without(was, is) };
}

const nodeOf = ({ key, hostname, group }: PlannedNode) => ({ key, hostname, group });
const titlesOf = ({ steps }: PlannedNode, names: readonly string[]) =>
  steps.filter(({ name }) => names.includes(name)).map(({ title }) => title);

// keys are nobody's words
function named({ because, what }: Proposal['effects'][number], stands: Plan): string {
  if (what === 'resource') return summaryOf(stands, because);
  return what === 'leaves' ? (stands.nodes.find(({ key }) => key === because)?.hostname ?? because) : because;
}

const summaryOf = ({ resources }: Plan, key: string) => resources.find((each) => each.key === key)?.summary ?? key;

/** What was asked for of a deployment over time, the newest first. */
export async function readVersions({ store }: Services, { id, revision }: StoredDeployment): Promise<VersionView[]> {
  const rows = await store.db
    .selectFrom('deployment_versions')
    .leftJoin('users', 'users.id', 'deployment_versions.user_id')
    .select(['number', 'at', 'users.name as by', 'change', 'undone'])
    .where('deployment_id', '=', id)
    .orderBy('number', 'desc')
    .execute();
  return rows.map(({ number, at, by, change, undone }) => ({
    number,
    at: at.toISOString(),
    by: by ?? '',
    // written as `wordsOf` has it
    change: change as VersionView['change'],
    undone,
    current: number === revision,
  }));
}
