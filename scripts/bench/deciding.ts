import type { Ledger, Resource } from '@/lib/deploying/ledger/ledger';
import { placeKey } from '@/lib/deploying/ledger/ledger';
import { nameOf } from '@/lib/deploying/ledger/names';
import { summarise } from '@/lib/deploying/ledger/state/state';
import { decide } from '@/lib/deploying/passes/decide';
import type { Observations } from '@/lib/deploying/passes/sight';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { World } from '@/lib/deploying/testing/world';
import { openTestStore } from '@/lib/store/test-store';
import { type Figure, perUnit } from './figure';
import { timesOf } from './time';

/** What a worker thinks in one look at a deployment, and what it costs to note it, for a small and a large ledger. */
export async function measureDeciding(): Promise<Figure[]> {
  const store = await openTestStore();
  try {
    const world = new World(store);
    const ledgerOf = async (workers: number) => world.ledger(await world.deploy(clusterPlan(workers)));
    // 9 resources, and two for each worker
    const [small, large] = [await ledgerOf(11), await ledgerOf(146)];
    const counts = { many: large.resources.length, few: small.resources.length };
    const figures: Figure[] = [];
    for (const phase of ['planned', 'waiting', 'ready'] as const) {
      const [of, ofFew] = [outlook(large, phase), outlook(small, phase)];
      const [ms, msOfFew] = await timesOf(
        () => decide(of),
        () => decide(ofFew),
        60,
      );
      figures.push(perUnit('deciding', `${counts.many} resources (${phase}) decided on, by resource`, { ...counts, ms, msOfFew }, 5));
    }
    const failed = (ledger: Ledger) => ({
      ...ledger,
      resources: ledger.resources.map((it, n) => ({ ...it, phase: n === 1 ? ('failed' as const) : it.phase })),
    });
    const [withFailure, smallWithFailure] = [failed(large), failed(small)];
    const [ms, msOfFew] = await timesOf(
      () => summarise(withFailure),
      () => summarise(smallWithFailure),
      60,
    );
    figures.push(perUnit('deciding', `state of ${counts.many} resources with a failure, by resource`, { ...counts, ms, msOfFew }, 5));
    return figures;
  } finally {
    await store.close();
  }
}

// Everything of one phase, and the cloud shows it all.
function outlook(ledger: Ledger, phase: Resource['phase']) {
  const resources = ledger.resources.map((it) => ({ ...it, phase, cloud_id: phase === 'planned' ? null : `id-${it.key}` }));
  const seen: Observations = new Map();
  for (const { kind, key, ...place } of resources) {
    const sight = seen.get(placeKey(place)) ?? { lists: new Map() };
    seen.set(placeKey(place), sight);
    const list = sight.lists.get(kind) ?? [];
    sight.lists.set(kind, list);
    const state = phase === 'waiting' ? 'building' : 'ready';
    list.push({ id: `id-${key}`, name: nameOf(ledger.deployment.id, key), state, observed: {}, parts: [] });
  }
  return { ledger: { ...ledger, resources }, seen, now: new Date('2030-01-01T00:00:01Z') };
}
