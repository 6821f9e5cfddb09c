import { type ElasticGroup, elasticGroups } from '@/lib/catalog/elastic';
import { AppError, type Problem } from '@/lib/core/errors';
import { type ElasticRow, loadElastic, writeElastic } from '@/lib/deploying/ledger/elastic';
import { writeEvents } from '@/lib/deploying/ledger/events';
import type { Ledger } from '@/lib/deploying/ledger/ledger';
import { loadLedger } from '@/lib/deploying/ledger/load';
import { askForQueues } from '@/lib/deploying/nodes/queue';
import { allowedChange, changingOf } from '@/lib/deploying/requests/allowed';
import { type Decision, decideElastic, type Situation } from '@/lib/deploying/requests/elastic/decide';
import { saysOf } from '@/lib/deploying/requests/elastic/words';
import { requestAction } from '@/lib/deploying/requests/request-action';
import { beginChange } from '@/lib/deploying/requests/update/begin';
import { proposeChange } from '@/lib/deploying/requests/update/proposal';
import type { PlanRequest } from '@/lib/planning/types';
import type { KeepingPorts } from '../ports';

/** Seconds between two looks at groups of which nothing new is heard. */
const beatSeconds = 60;
/** By whom changes are that a queue asks for. */
const byQueue = 'Transat';

type ElasticPorts = Pick<KeepingPorts, 'ports' | 'store' | 'clock' | 'credentials' | 'sites' | 'desk' | 'config' | 'catalog'>;

/**
 * Decides once for each group of a deployment that follows its queue, and begins what follows from that. What is decided is a line of its history, where it is
 * another than before; what a site refuses is one, too, and what was begun and can't end is called off, so that it is in nobody's way.
 * @returns seconds until the next look; null: nothing of it follows a queue any more
 */
export async function followQueues(services: ElasticPorts, id: string): Promise<number | null> {
  const ledger = await loadLedger(services.store.db, id);
  if (!ledger || ledger.deployment.wanted === 'deleted') return null;
  const request = ledger.deployment.request as PlanRequest; // written from this very type
  const groups = elasticGroups(services.catalog, request);
  const isAsked = await askForQueues(services.ports, ledger);
  const rows = (await loadElastic(services.store.db, id)).filter((row) => groups.some(({ group }) => group === row.group_name));
  if (rows.length === 0) return isAsked ? beatSeconds : null;
  if (await calledOff(services, ledger, rows)) return beatSeconds;
  for (const row of rows) {
    const group = groups.find((each) => each.group === row.group_name);
    if (group && (await follow(services, ledger, group, row))) break;
  }
  return beatSeconds;
}

/** @returns whether a change was begun: others wait for it */
async function follow(services: ElasticPorts, ledger: Ledger, group: ElasticGroup, row: ElasticRow): Promise<boolean> {
  const { store, clock } = services;
  const now = clock.now();
  const { deployment } = ledger;
  const situation = situationOf(ledger, group, row, now);
  const decision = decideElastic(situation);
  const says = saysOf(decision, group, situation, row.refused);
  const { does, because, count } = decision;
  const isNews = does !== 'none' || row.decision?.because !== because || row.decision.count !== count;
  if (isNews)
    await store.db
      .transaction()
      .execute((trx) =>
        writeEvents(
          store,
          trx,
          deployment.id,
          [{ level: 'info', stage: 'deployment', subject: null, message: says, data: { elastic: group.group, does, because } }],
          now,
        ),
      );
  const ends = situation.standing === 'changing' ? { changed_at: now } : {};
  await writeElastic(store.db, row, { ...ends, ...(isNews && { decision: { does, because, count, says, at: now.toISOString() } }) });
  if (does === 'none') return false;
  const problem = await carryOut(services, ledger, group, decision);
  await writeElastic(store.db, row, problem ? { refused: { problem, at: now } } : { changed_at: now });
  if (problem) await tellRefused(services, deployment.id, group, problem, now);
  return problem === undefined;
}

function situationOf(
  { deployment, nodes }: Ledger,
  { group, least, most, idleSeconds }: ElasticGroup,
  row: ElasticRow,
  now: Date,
): Situation {
  const { state, wanted } = deployment;
  const changing = changingOf(deployment);
  const leaving = new Set(nodes.filter((node) => node.state === 'deleting').map(({ key }) => key));
  const kept = new Set(nodes.filter((node) => node.drained_at !== null).map(({ hostname }) => hostname));
  return {
    bounds: { least, most, idleSeconds },
    nodes: deployment.plan.nodes
      .filter((node) => node.group === group && !leaving.has(node.key))
      .map(({ key, hostname }) => ({ key, hostname })),
    queue: row.report,
    heardAt: row.heard_at.getTime(),
    // what somebody has drained and kept is not idle
    idleSince: Object.fromEntries(
      Object.entries(row.idle_since)
        .filter(([name]) => !kept.has(name))
        .map(([name, at]) => [name, Date.parse(at)]),
    ),
    changedAt: row.changed_at?.getTime() ?? null,
    refusedAt: row.refused_at?.getTime() ?? null,
    standing: changing !== 'no' ? 'changing' : allowedChange(state, wanted, changing).allowed ? 'stands' : 'no',
    now: now.getTime(),
  };
}

/** @returns why it can't be, as a site or a rule of ours has it */
async function carryOut(
  services: ElasticPorts,
  { deployment }: Ledger,
  { group }: ElasticGroup,
  { count, leaving }: Decision,
): Promise<Problem | undefined> {
  const { id, user_id, name, revision } = deployment;
  try {
    const person = await services.store.db
      .selectFrom('users')
      .select(['id', 'provider', 'groups'])
      .where('id', '=', user_id)
      .executeTakeFirstOrThrow();
    const wish = { groups: { [group]: { count } }, ...(leaving.length > 0 && { removeNodes: leaving }) };
    const proposal = await proposeChange(services, person, deployment, { ...wish, way: 'finish' });
    // whoever lets nodes go with their work has said so of what is on their own disks
    await beginChange(services.ports, id, proposal, { by: { id: user_id, name: byQueue }, confirm: name, revision });
    return undefined;
  } catch (error) {
    const app = AppError.from(error);
    if (app.code === 'internal') services.ports.onFault(error, id);
    return app.toProblem();
  }
}

async function tellRefused(
  { store }: ElasticPorts,
  id: string,
  { group, label }: ElasticGroup,
  problem: Problem,
  now: Date,
): Promise<void> {
  const message = `${label} could not be changed: ${problem.title}. ${problem.detail}`;
  const data = { elastic: group, does: 'none', because: 'refused', problem };
  await store.db
    .transaction()
    .execute((trx) => writeEvents(store, trx, id, [{ level: 'warning', stage: 'deployment', subject: null, message, data }], now));
}

// A node that failed keeps its change from ending, and all that waits for nodes with it.
async function calledOff(services: ElasticPorts, { deployment }: Ledger, rows: ElasticRow[]): Promise<boolean> {
  const { updating, state, problem, id } = deployment;
  const halted = state === 'degraded' || state === 'failed';
  if (!updating || updating.back || updating.by.name !== byQueue || !halted) return false;
  await requestAction(services.ports, id, { action: 'cancel' });
  const why: Problem = problem ?? { code: 'conflict', title: 'The change did not end', detail: 'A node of it failed.' };
  for (const row of rows) await writeElastic(services.store.db, row, { refused: { problem: why, at: services.clock.now() } });
  return true;
}
