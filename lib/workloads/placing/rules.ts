import type { Selectable } from 'kysely';
import type { OperatorRule } from '@/lib/core/config/locality';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { notFound } from '@/lib/core/problems';
import type { LocalityRuleRow } from '@/lib/store/rows/job';
import type { PairRow } from '@/lib/store/rows/pair';
import { listClusters, readCluster } from '../clusters/rows';
import { type LocalityAnswer, type LocalityRule, mayMove } from '../locality';
import { pairRows } from '../pairs/rows';
import { type Cluster, type Region, regions, type WorkloadPorts } from '../types';
import { moveOfFile, movesOfPair, ruleWords, staysIn } from './moves';

const MOST_RULES = 200;

type Refused = Extract<LocalityAnswer, { answer: 'refused' }>;

/** A rule that somebody sets. `cluster` null: of any. */
interface NewRule {
  cluster: string | null;
  bucket: string;
  prefix: string;
  kind: LocalityRuleRow['kind'];
  /** of `stay` */
  region: Region | null;
}
type KeptRule = NewRule & { id: string };
/** A rule that holds for a person: their own, or the operator's. */
type HoldingRule = KeptRule & { by: LocalityRule['by'] };

type Ports = Pick<WorkloadPorts, 'store' | 'clock' | 'config'>;

/** A person's rules, the oldest first. */
export async function listRules({ store }: Pick<Ports, 'store'>, userId: string): Promise<KeptRule[]> {
  const rows = await store.db
    .selectFrom('locality_rules')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(keptOf);
}

/** All rules that hold for a person, the operator's first. One of the operator's that is of a single cluster is shown to who has that. */
export async function holdingRules(ports: Pick<Ports, 'store' | 'config'>, userId: string): Promise<HoldingRule[]> {
  const [own, clusters] = await Promise.all([listRules(ports, userId), listClusters(ports, userId)]);
  return [...operatorRules(ports.config.locality, clusters), ...own.map((rule) => ({ ...rule, by: 'person' as const }))];
}

/** The operator's rules as a person's clusters are meant by them. Pure. */
export function operatorRules(given: readonly OperatorRule[], clusters: readonly Pick<Cluster, 'id' | 'endpoint'>[]): HoldingRule[] {
  return given.flatMap(({ bucket, folder, cluster, rule, region }, index): HoldingRule[] => {
    const about = { bucket, prefix: folder, kind: rule, region: region ?? null, by: 'operator' as const };
    if (cluster === undefined) return [{ ...about, id: `operator_${index + 1}`, cluster: null }];
    const meant = clusters.filter(({ endpoint }) => hostOf(endpoint) === hostOf(cluster));
    return meant.map(({ id }) => ({ ...about, id: `operator_${index + 1}_${id}`, cluster: id }));
  });
}

/** The host of an address with its port; one whose name ends in a dot is the same. */
function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { hostname, port } = new URL(address);
  return `${hostname.replace(/\.$/, '')}:${port}`;
}

/** The same, as the decision takes them. */
export async function rulesOf(ports: Pick<Ports, 'store' | 'config'>, userId: string): Promise<LocalityRule[]> {
  return (await holdingRules(ports, userId)).map((rule) => ruleOf(rule, rule.by));
}

/** Sets a rule. @throws AppError `conflict` where a pair that stands would break it, or there is one of that place; `not-found` */
export async function addRule(ports: Ports, userId: string, given: NewRule): Promise<KeptRule> {
  if (given.cluster !== null) await readCluster(ports, userId, given.cluster);
  const known = await listRules(ports, userId);
  if (known.length >= MOST_RULES) throw tooMany();
  const broken = await pairsAgainst(
    ports,
    userId,
    [...(await rulesOf(ports, userId)), ruleOf(given, 'person')],
    await rulesOf(ports, userId),
  );
  if (broken.length > 0) throw stands(broken);
  const row = await ports.store.db
    .insertInto('locality_rules')
    .values({
      id: newId('rule'),
      user_id: userId,
      cluster_id: given.cluster,
      bucket: given.bucket,
      prefix: given.prefix,
      kind: given.kind,
      region: given.region,
      created_at: ports.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw isThere();
  return keptOf(row);
}

/** @throws AppError `not-found`; `conflict` where what is left would be broken by a pair that stands */
export async function removeRule(ports: Ports, userId: string, id: string): Promise<void> {
  const known = await listRules(ports, userId);
  if (!known.some((rule) => rule.id === id)) throw notFound('locality rule');
  const now = await holdingRules(ports, userId);
  const left = now.filter((rule) => rule.id !== id).map((rule) => ruleOf(rule, rule.by));
  const broken = await pairsAgainst(ports, userId, left, await rulesOf(ports, userId));
  if (broken.length > 0) throw stands(broken);
  await ports.store.db.deleteFrom('locality_rules').where('id', '=', id).where('user_id', '=', userId).execute();
}

/** Refuses a file that a rule keeps away from a cluster, before any byte of it moves. @throws AppError `forbidden`, with an entry in the audit */
export async function mayPut(
  ports: Ports,
  userId: string,
  clusterId: string,
  to: { bucket: string; key: string },
  bytes: number,
): Promise<void> {
  const rules = await rulesOf(ports, userId);
  if (rules.length === 0) return;
  const answer = mayMove([moveOfFile(await readCluster(ports, userId, clusterId), to, bytes)], rules);
  if (answer.answer !== 'refused') return;
  await noteRefused(ports, userId, clusterId, answer, { key: to.key, bytes });
  throw keptElsewhere(answer);
}

/** Writes into the audit that a rule kept data where it was. @param subject what was refused: a cluster, or a pair's name */
export async function noteRefused(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  userId: string,
  subject: string,
  answer: Refused,
  more: Record<string, string | number>,
): Promise<void> {
  const { rule, move } = answer;
  const data = JSON.stringify({ bucket: move.bucket, ...more, rule: ruleWords(rule), by: rule.by, stays: staysIn(answer) });
  await store.db.insertInto('audit').values({ at: clock.now(), user_id: userId, action: 'locality-refused', subject, data }).execute();
}

function keptElsewhere(answer: Refused): AppError {
  const detail = `What is in ${ruleWords(answer.rule)} stays on the shore “${staysIn(answer)}”. Nothing was sent.`;
  if (answer.rule.by === 'operator')
    return new AppError({
      code: 'forbidden',
      title: 'A rule of the operator keeps this data elsewhere',
      detail,
      remedy: 'Put it on a cluster of that shore.',
    });
  return new AppError({
    code: 'forbidden',
    title: 'A rule of yours keeps this data elsewhere',
    detail,
    remedy: 'Put it on a cluster of that shore, or change the rule on the page of both shores.',
  });
}

/** Names of the pairs that stand although these rules forbid what they move. @param before what one is against already is no matter of the change */
async function pairsAgainst(ports: Ports, userId: string, rules: LocalityRule[], before: LocalityRule[]): Promise<string[]> {
  const [pairs, clusters] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  return pairs.flatMap((pair) => (refusedOf(pair, clusters, rules) && !refusedOf(pair, clusters, before) ? [pair.name] : []));
}

type StandingPair = Pick<Selectable<PairRow>, 'wish' | 'origin_id' | 'worker_id'>;

/** The rule that a pair which stands breaks now, since that came later: where it holds, and on which shore that stays; null: none. */
export async function ruleAgainst(
  ports: Pick<Ports, 'store' | 'config'>,
  userId: string,
  pair: StandingPair,
): Promise<{ by: LocalityRule['by']; bucket: string; prefix: string; stays: Region } | null> {
  const [rules, clusters] = await Promise.all([rulesOf(ports, userId), listClusters(ports, userId)]);
  const refused = refusedOf(pair, clusters, rules);
  if (!refused) return null;
  const stays = regions.find((region) => region === staysIn(refused)) ?? 'other';
  const { by, bucket, prefix } = refused.rule;
  return { by, bucket, prefix, stays };
}

/** What keeps a pair from moving what it moves. Pure. */
function refusedOf({ wish, origin_id: origin, worker_id: worker }: StandingPair, clusters: readonly Cluster[], rules: LocalityRule[]) {
  const [from, to] = [origin, worker].map((id) => clusters.find((cluster) => cluster.id === id));
  const answer = from && to && mayMove(movesOfPair(wish, from, to, rules), rules);
  return answer?.answer === 'refused' ? answer : null;
}

const keptOf = ({ id, cluster_id, bucket, prefix, kind, region }: Selectable<LocalityRuleRow>): KeptRule => ({
  id,
  cluster: cluster_id,
  bucket,
  prefix,
  kind,
  region,
});

function ruleOf({ cluster, bucket, prefix, kind, region }: NewRule, by: LocalityRule['by']): LocalityRule {
  const rule: LocalityRule['rule'] = kind === 'stay' ? { kind, region: region ?? '' } : { kind };
  return { cluster: cluster ?? '*', bucket, prefix, rule, by };
}

function stands(names: string[]): AppError {
  return new AppError({
    code: 'conflict',
    title: 'A pair that stands moves this data',
    detail: `It would break the rule: ${names.join(', ')}. Nothing was changed.`,
    remedy: 'Take the pair out first, or set another rule.',
  });
}

function isThere(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'There is a rule for this place already',
    detail: 'A folder of a bucket has one rule.',
    remedy: 'Remove that one first.',
  });
}

function tooMany(): AppError {
  return new AppError({
    code: 'conflict',
    title: `You have ${MOST_RULES} rules`,
    detail: `A person can set ${MOST_RULES} rules at most.`,
    remedy: 'Remove one that you no longer need.',
  });
}
