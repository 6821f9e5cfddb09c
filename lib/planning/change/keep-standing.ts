import { isDeepStrictEqual } from 'node:util';
import type { Plan, PlannedNode, PlannedResource, StepPlan } from '../types';
import { doesTheSame } from './difference';

/**
 * What a deployment is to become, with all that stands left as it stands but for what was asked for: a site has other images, flavors and addresses
 * today, and a recipe may have got another version since. Pure.
 * @param stands the plan that stands
 * @param today what was asked for then, planned with what is known today
 * @param wanted what is asked for now, planned likewise
 */
export function keepStanding(stands: Plan, today: Plan, wanted: Plan): Plan {
  const [old, now] = [byKey(stands.resources), byKey(today.resources)];
  const [oldNodes, nowNodes] = [byKey(stands.nodes), byKey(today.nodes)];
  const newSecrets = wanted.secrets.filter(({ name }) => !stands.secrets.some((secret) => secret.name === name));
  const stays = new Set(wanted.resources.map(({ key }) => key));
  return {
    ...wanted,
    resources: wanted.resources.map((is) => withoutGone(keptResource(old.get(is.key), now.get(is.key), is), stays)),
    nodes: wanted.nodes.map((is) => keptNode(oldNodes.get(is.key), nowNodes.get(is.key), is)),
    outputs: keptOutputs(stands.outputs, today.outputs, wanted.outputs),
    leases: stands.leases,
    secrets: [...stands.secrets, ...newSecrets],
  };
}

const byKey = <T extends { key: string }>(all: readonly T[]) => new Map(all.map((each) => [each.key, each]));

function keptResource(old: PlannedResource | undefined, now: PlannedResource | undefined, is: PlannedResource): PlannedResource {
  if (!old) return is;
  if (old.spec.kind !== is.spec.kind) return is;
  // a lease is as it was agreed: how many stand on it is between its places and who takes them
  if (is.spec.kind === 'lease') return old;
  const spec = merged(old.spec, now?.spec ?? is.spec, is.spec);
  const same = isDeepStrictEqual(spec, old.spec);
  const { site, project, credential } = old;
  return {
    ...is,
    site,
    project,
    credential,
    spec,
    summary: same ? old.summary : is.summary,
    dependsOn: same ? old.dependsOn : is.dependsOn,
  };
}

// What stands would keep a machine's address from going that it waited for when it was made.
const withoutGone = (kept: PlannedResource, stays: ReadonlySet<string>): PlannedResource => ({
  ...kept,
  dependsOn: kept.dependsOn.filter((key) => stays.has(key)),
});

function keptNode(old: PlannedNode | undefined, now: PlannedNode | undefined, is: PlannedNode): PlannedNode {
  if (!old) return is;
  return { ...merged(old, now ?? is, is), steps: keptSteps(old.steps, now?.steps ?? is.steps, is.steps) };
}

/** Field by field: what was not asked to be another stays. */
function merged<T extends object>(old: T, now: object, is: T): T {
  const asked = Object.keys(is).filter((name) => !isDeepStrictEqual(Reflect.get(now, name), Reflect.get(is, name)));
  const dropped = Object.keys(old).filter((name) => Reflect.has(now, name) && !Reflect.has(is, name));
  const kept = Object.entries(old).filter(([name]) => !dropped.includes(name));
  // a copy of the old one in which only fields of the new one, which is of the same type, take the place of their like
  return Object.assign(Object.fromEntries(kept), Object.fromEntries(asked.map((name) => [name, Reflect.get(is, name)]))) as T;
}

// In the order of the new steps; what a later version of the recipe brings by itself is not for nodes that stand.
function keptSteps(old: StepPlan[], now: StepPlan[], is: StepPlan[]): StepPlan[] {
  const [was, today] = [byName(old), byName(now)];
  const wanted = is.flatMap((step) => {
    if (!doesTheSame(today.get(step.name), step)) return [step];
    return was.get(step.name) ?? [];
  });
  const names = new Set(is.map(({ name }) => name));
  // … and what it no longer has stays on them, unless it was asked to go
  return [...old.filter(({ name }) => !names.has(name) && !today.has(name)), ...wanted];
}

const byName = <T extends { name: string }>(all: readonly T[]) => new Map(all.map((each) => [each.name, each]));

function keptOutputs(old: Plan['outputs'], now: Plan['outputs'], is: Plan['outputs']): Plan['outputs'] {
  const [was, today] = [byName(old), byName(now)];
  return is.map((output) => (isDeepStrictEqual(today.get(output.name), output) ? (was.get(output.name) ?? output) : output));
}
