import type { Problem } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { isOwnStore } from '@/lib/oscar/own-store';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import { type LocalityAnswer, mayMove } from '../locality';
import {
  type PairCall,
  type PairPlan,
  type PairRefusal,
  type PairSide,
  type PairWish,
  pairedWith,
  planInPlace,
  planPair,
} from '../pair-calls';
import { movesOfPair, ruleWords } from '../placing/moves';
import { rulesOf } from '../placing/rules';
import { type Finding, ownerFindings, preflight, tokenFindings } from '../preflight';
import type { WorkloadPorts } from '../types';
import { asWish } from './definitions';
import { clusterSide } from './rows';
import { type Both, lookAtSide, openBoth, sideNames } from './sides';
import type { NewPair, PairCluster } from './types';

/** One side as it was found, and what stands against the pair there. */
interface SideFound {
  cluster: PairCluster;
  findings: Finding[];
  /** it could not be asked */
  problem: Problem | null;
}

/** What making a pair would do. */
export interface PairProposal {
  wish: PairWish;
  names: { origin: string; worker: string };
  open: Both;
  sides: Record<'origin' | 'worker', SideFound>;
  /** why these two can't be a pair at all */
  refused: PairRefusal | null;
  calls: PairCall[];
  /** what the rules of its data say */
  locality: LocalityAnswer;
  /** nothing stands against it */
  ready: boolean;
}

/**
 * Looks at both clusters and says what a pair of them takes: which calls go where, and what stands against it. Nothing is made.
 * @throws AppError `not-found`
 */
export async function proposePair(ports: WorkloadPorts, userId: string, given: NewPair): Promise<PairProposal> {
  const open = await openBoth(ports, userId, given, 'plan a pair');
  const names = sideNames(open.origin.cluster, open.worker.cluster);
  const there = given.inPlace ? await open.origin.client.service(given.service.name).catch(() => null) : null;
  const wish = there ? wishOfThere(there, given) : wishOfPair(given);
  const looked = await Promise.all([
    lookAtSide(ports, userId, open.origin, names.origin),
    lookAtSide(ports, userId, open.worker, names.worker),
  ]);
  const [origin, worker] = looked;
  const clockAheadMs = await clocksApart(open);
  const wanted = { ...wish, gpu: wish.gpu ?? false, vo: wish.vo ?? '', paired: true };
  const [first, second] = looked.map((side, index): SideFound => {
    const cluster = clusterSide(side.open.cluster);
    return 'problem' in side
      ? { cluster, findings: [], problem: side.problem }
      : {
          cluster,
          // of two that are apart nobody knows which is wrong: it is said once
          findings: preflight(
            { ...side.side, clockAheadMs: index === 1 ? clockAheadMs : null },
            { ...wanted, there: there !== null && index === 0 },
          ),
          problem: null,
        };
  }) as [SideFound, SideFound];
  const rules = await rulesOf(ports, userId);
  const locality = mayMove(movesOfPair(wish, open.origin.cluster, open.worker.cluster, rules), rules);
  second.findings.push(...ruleFindings(locality));
  const [here, away] = [open.origin.cluster, open.worker.cluster];
  second.findings.push(...tokenFindings(here.dialect, away.dialect, away.auth.kind === 'oidc'));
  // the sandbox's own starts such jobs
  if (!(ports.config.sandbox && away.inside)) second.findings.push(...ownerFindings(away.version, away.auth.kind === 'basic'));
  const sides = { origin: first, worker: second };
  const plan = 'pair' in origin && 'pair' in worker ? planFor(given, wish, there, origin.pair, worker.pair) : { calls: [] };
  const refused = given.origin === given.worker ? 'same-cluster' : 'refused' in plan ? plan.refused : null;
  const calls = refused === null && 'calls' in plan ? plan.calls : [];
  const clear = [first, second].every(({ findings, problem }) => !problem && findings.every(({ severity }) => severity === 'warning'));
  return { wish, names, open, sides, refused, calls, locality, ready: clear && calls.length > 0 };
}

/** By how much the worker's clock is before the origin's, as both say at one moment; null: one of them does not tell. */
async function clocksApart({ origin, worker }: Both): Promise<number | null> {
  const [here, there] = await Promise.all([origin, worker].map(({ client }) => client.clock().catch(() => null)));
  return here == null || there == null ? null : there - here;
}

/** What the rules of its data say to a pair. Pure. */
function ruleFindings(answer: LocalityAnswer): Finding[] {
  if (answer.answer === 'refused') return [{ severity: 'error', about: 'stays-by-rule', values: { place: ruleWords(answer.rule) } }];
  if (answer.answer === 'allowed') return [];
  return [{ severity: 'warning', about: 'far-by-rule', values: { place: ruleWords(answer.rule), kilometres: answer.kilometres } }];
}

function planFor(given: NewPair, wish: PairWish, there: OscarService | null, origin: PairSide, worker: PairSide): PairPlan {
  const token = given.refreshToken ? new Secret(given.refreshToken) : undefined;
  if (!given.inPlace) return planPair(wish, origin, worker, token);
  if (!there) return { refused: 'no-service' };
  if (pairedWith(there)) return { refused: 'paired-already' };
  return planInPlace(wish, tellable(there), origin, worker, token);
}

/** A service as it would be sent again; null: its cluster does not tell its secrets, which that would empty. */
function tellable(there: OscarService): ServiceWish | null {
  try {
    return asWish(there);
  } catch {
    return null;
  }
}

/** What a pair is of a service that is there: the worker gets what it reads and writes in its cluster's own storage. */
function wishOfThere(there: OscarService, { thresholdSeconds }: NewPair): PairWish {
  const { name, image, script, cpu, memory, gpu, vo, variables, input, output } = there;
  const own = output.filter(({ provider }) => isOwnStore(provider)).map((path) => ({ ...path, provider: 'minio.default' }));
  const read = input.map((path) => (isOwnStore(path.provider) ? { ...path, provider: 'minio.default' } : path));
  return { name, image, script, cpu, memory, gpu, ...(vo === '' ? {} : { vo }), variables, input: read, output: own, thresholdSeconds };
}

function wishOfPair({ service, thresholdSeconds }: NewPair): PairWish {
  const { vo, ...rest } = service;
  return { ...rest, ...(vo === '' ? {} : { vo }), thresholdSeconds };
}
