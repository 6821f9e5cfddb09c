import { lastEventId } from '@/lib/deploying/ledger/events';
import { needLedger } from '@/lib/deploying/ledger/load';
import { sidesOf } from '@/lib/deploying/ledger/state/sides';
import { allowedActions, allowedChange, changingOf } from '@/lib/deploying/requests/allowed';
import { masked } from '@/lib/inputs/masked';
import type { DeploymentView } from '../contract/deployments';
import type { Services } from '../services';
import { problemView } from '../views';
import { readIdle } from './idle';
import { readLeases, summaryView } from './list';
import type { StoredDeployment } from './stored';

/** All that the page of a deployment shows at its head. */
export async function deploymentView({ store, clock }: Services, row: StoredDeployment): Promise<DeploymentView> {
  const { plan, request, state } = row;
  const [leases, idle, last] = await Promise.all([
    readLeases(store, [row.id]),
    readIdle({ store, clock }, [row]),
    lastEventId(store.db, row.id),
  ]);
  const secrets = new Set(plan.secrets.map(({ name }) => name));
  const inputs = Object.entries(request.inputs).map(([name, value]) => [name, secrets.has(name) ? masked : value]);
  const elapsed = (clock.now().getTime() - row.created_at.getTime()) / 1000;
  const underWay = ['planned', 'deploying', 'configuring'].includes(state);
  return {
    ...summaryView(row, leases.get(row.id) ?? [], idle.get(row.id)),
    schedule: state === 'deleted' ? null : row.schedule,
    nextTurn: state !== 'deleted' && row.turn_at && row.turn ? { at: row.turn_at.toISOString(), does: row.turn } : null,
    addOns: request.addOns,
    inputs: Object.fromEntries(inputs),
    placement: request.placement,
    problem: problemView(row.problem),
    sides: await sides(store, row),
    actions: { ...allowedActions(state, row.wanted, changingOf(row)), change: allowedChange(state, row.wanted, changingOf(row)) },
    expectedSeconds: underWay ? Math.max(0, Math.round(plan.totals.seconds - elapsed)) : null,
    lastEventId: last,
    revision: row.revision,
    updating: row.updating && {
      to: row.updating.to,
      by: row.updating.by.name,
      since: row.updating.since,
      stage: row.updating.stage,
      back: row.updating.back,
    },
  };
}

async function sides({ db }: Services['store'], { id, plan, wanted }: StoredDeployment): Promise<DeploymentView['sides']> {
  if (plan.sets === undefined || wanted === 'deleted') return [];
  const { resources, nodes } = await needLedger(db, id);
  return sidesOf(plan, resources, nodes).map((side) => ({ ...side, problem: problemView(side.problem) }));
}
