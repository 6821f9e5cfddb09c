import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { notFound } from '@/lib/core/problems';
import type { LocalityRuleRow } from '@/lib/store/rows/job';
import { listClusters, readCluster } from '../clusters/rows';
import { type LocalityRule, mayMove } from '../locality';
import { pairRows } from '../pairs/rows';
import type { Region, WorkloadPorts } from '../types';
import { moveOfFile, movesOfPair, ruleWords, staysIn } from './moves';

const MOST_RULES = 200;

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

type Ports = Pick<WorkloadPorts, 'store' | 'clock'>;

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

/** The same, as the decision takes them. */
export async function rulesOf(ports: Pick<Ports, 'store'>, userId: string): Promise<LocalityRule[]> {
  return (await listRules(ports, userId)).map(ruleOf);
}

/** Sets a rule. @throws AppError `conflict` where a pair that stands would break it, or there is one of that place; `not-found` */
export async function addRule(ports: Ports, userId: string, given: NewRule): Promise<KeptRule> {
  if (given.cluster !== null) await readCluster(ports, userId, given.cluster);
  const known = await listRules(ports, userId);
  if (known.length >= MOST_RULES) throw tooMany();
  const broken = await pairsAgainst(ports, userId, [...known.map(ruleOf), ruleOf(given)]);
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
  const left = known.filter((rule) => rule.id !== id).map(ruleOf);
  const broken = await pairsAgainst(ports, userId, left);
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
  const data = JSON.stringify({ bucket: to.bucket, key: to.key, bytes, rule: ruleWords(answer.rule), stays: staysIn(answer) });
  await ports.store.db
    .insertInto('audit')
    .values({ at: ports.clock.now(), user_id: userId, action: 'locality-refused', subject: clusterId, data })
    .execute();
  throw new AppError({
    code: 'forbidden',
    title: 'A rule of yours keeps this data elsewhere',
    detail: `What is in ${ruleWords(answer.rule)} stays on the shore “${staysIn(answer)}”. Nothing was sent.`,
    remedy: 'Put it on a cluster of that shore, or change the rule on the page of both shores.',
  });
}

/** Names of the pairs that stand although these rules forbid what they move. */
async function pairsAgainst(ports: Ports, userId: string, rules: LocalityRule[]): Promise<string[]> {
  const [pairs, clusters] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  return pairs.flatMap(({ name, wish, origin_id: origin, worker_id: worker }) => {
    const [from, to] = [origin, worker].map((id) => clusters.find((cluster) => cluster.id === id));
    return from && to && mayMove(movesOfPair(wish, from, to, rules), rules).answer === 'refused' ? [name] : [];
  });
}

const keptOf = ({ id, cluster_id, bucket, prefix, kind, region }: Selectable<LocalityRuleRow>): KeptRule => ({
  id,
  cluster: cluster_id,
  bucket,
  prefix,
  kind,
  region,
});

function ruleOf({ cluster, bucket, prefix, kind, region }: NewRule): LocalityRule {
  const rule: LocalityRule['rule'] = kind === 'stay' ? { kind, region: region ?? '' } : { kind };
  return { cluster: cluster ?? '*', bucket, prefix, rule, by: 'person' };
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
