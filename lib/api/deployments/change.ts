import type { z } from 'zod';
import { invalidInput } from '@/lib/core/problems';
import { loadVersion } from '@/lib/deploying/ledger/plans/versions';
import { isNothing, refuseOther } from '@/lib/deploying/requests/update/begin';
import { type Proposal, proposeChange } from '@/lib/deploying/requests/update/proposal';
import type { Visitor } from '@/lib/desk/types';
import { worst } from '@/lib/planning/change/effect';
import type { ChangeWish } from '@/lib/planning/change/wish';
import type { Plan, PlannedNode, PlanRequest } from '@/lib/planning/types';
import type { ChangePreview, patchDeploymentSchema, VersionView } from '../contract/deployment-changes';
import type { Services } from '../services';
import type { StoredDeployment } from './stored';

type Patch = z.output<typeof patchDeploymentSchema>;

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
  const { groups, removeNodes, inputs, revertTo, jobs, machines } = patch;
  if (groups === undefined && removeNodes === undefined && inputs === undefined && revertTo === undefined) return undefined;
  refuseOther({ deployment: row });
  if (revertTo !== undefined && inputs !== undefined)
    throw invalidInput([
      { path: 'inputs', message: 'A version that it goes back to has answers of its own: leave these out, or revertTo.' },
    ]);
  const answers = revertTo === undefined ? inputs : await answersOf(services, row, revertTo);
  const wish: ChangeWish = {
    groups,
    removeNodes,
    inputs: revertTo === undefined ? answers : withoutCounts(services, row, groups, answers),
  };
  return await proposeChange(services, person, row, { ...wish, way: jobs, machines }, maxAgeMs);
}

// What was not answered then has its default again.
async function answersOf({ store }: Services, { id, request }: StoredDeployment, number: number): Promise<PlanRequest['inputs']> {
  const version = await loadVersion(store.db, id, number);
  if (!version) throw invalidInput([{ path: 'revertTo', message: `There is no version ${number}.` }]);
  const none = Object.fromEntries(Object.keys(request.inputs).map((name) => [name, null]));
  return { ...none, ...version.request.inputs };
}

// A number that is said for a group is meant, whatever the version had.
function withoutCounts(
  { catalog }: Services,
  { request }: StoredDeployment,
  groups: Patch['groups'] = {},
  answers: PlanRequest['inputs'] = {},
) {
  const { detail } = catalog.recipe(request.recipe, request.addOns);
  const counted = detail.groups.flatMap(({ name, countInput }) => (name in groups && countInput !== undefined ? [countInput] : []));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !counted.includes(name)));
}

/** A proposal as people see it. */
export function previewOf(proposal: Proposal, { plan: stands, revision }: StoredDeployment): ChangePreview {
  const { plan, difference, effects, leaving, waiting, draining, resizable, inTurn, seconds, problems } = proposal;
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
    effects,
    resizable: resizable.size > 0,
    inTurn,
    seconds,
    before: stands.totals,
    after: plan.totals,
    problems,
  };
}

const nodeOf = ({ key, hostname, group }: PlannedNode) => ({ key, hostname, group });
const titlesOf = ({ steps }: PlannedNode, names: readonly string[]) =>
  steps.filter(({ name }) => names.includes(name)).map(({ title }) => title);
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
