import { AppError } from '@/lib/core/errors';
import type { Visitor } from '@/lib/desk/types';
import type { Placement, Plan, PlanRequest } from '@/lib/planning/types';
import { makePlan } from '@/lib/proposing/plan';
import type { ProposingPorts } from '@/lib/proposing/types';
import type { Ledger } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { Secrets } from '../ledger/secrets';
import type { Side } from '../ledger/state/sides';
import type { Ports } from '../ports';
import { carryMove, type Elsewhere, mayMove } from './carry-move';

/**
 * Has a part that failed made at another site. What of it was made where it was is deleted there; the other parts stand, and those of their steps that name
 * the part run again once its new address is known.
 * @throws AppError `conflict` where the part has not failed or shares its site, what stands against the plan otherwise; nothing is changed then
 */
export async function placeElsewhere(
  services: ProposingPorts & { ports: Ports },
  person: Visitor,
  deploymentId: string,
  { set, placement }: Elsewhere,
): Promise<void> {
  const { ports } = services;
  const ledger = await needLedger(ports.store.db, deploymentId);
  const side = mayMove(ledger, { set, placement });
  const asked = await openRequest(ports, ledger);
  const drawn = await makePlan(services, person, { ...asked, placement: { ...asked.placement, ...placement } });
  refuseProblems(drawn.plan, side);
  await carryMove(
    ports,
    deploymentId,
    { set, placement },
    {
      plan: drawn.plan,
      placement: only(drawn.request.placement, side.groups),
      revision: ledger.deployment.revision,
      userId: person.id,
    },
  );
}

// What stands against the other parts is none of this: they are there. But they must be seen, for the part is given their addresses.
function refuseProblems({ problems, nodes, sets = [] }: Plan, side: Side): void {
  const ours = (field = '') => side.groups.some((group) => field.startsWith(`placement.${group}.`) || field === `placement.${group}`);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const unplaced = sets.find(({ groups }) => !nodes.some(({ group }) => groups.includes(group)));
  const first =
    errors.find(({ field }) => ours(field)) ?? (unplaced || !sets.some(({ name }) => name === side.set) ? errors[0] : undefined);
  if (first) throw new AppError({ ...first, fields: first.field ? [{ path: first.field, message: first.detail }] : undefined });
}

const only = (placement: Record<string, Placement>, groups: readonly string[]): Record<string, Placement> =>
  Object.fromEntries(Object.entries(placement).filter(([group]) => groups.includes(group)));

/** What was asked for, with what is secret as it was given: the form is checked again. */
async function openRequest({ store, vault }: Ports, ledger: Ledger): Promise<PlanRequest> {
  const { deployment } = ledger;
  const request = deployment.request as PlanRequest; // written from this very type
  const secrets = new Secrets(store.db, vault, { userId: deployment.user_id, deploymentId: deployment.id }, 'plan a part anew');
  const given = deployment.plan.secrets.filter((secret) => secret.given);
  const opened = await Promise.all(given.map(async ({ name }) => [name, (await secrets.get(name)).reveal().value] as const));
  return { ...request, inputs: { ...request.inputs, ...Object.fromEntries(opened) } };
}
