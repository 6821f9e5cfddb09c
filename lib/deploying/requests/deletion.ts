import { AppError, type Problem } from '@/lib/core/errors';
import type { Left, Made } from '../kinds/cluster-made';
import { judgeAt } from '../kinds/cluster-made-at';
import { needLedger } from '../ledger/load';
import { ownOf, placesOf } from '../ledger/own';
import type { Ports } from '../ports';

/** What the end of a deployment takes along that it has not made itself. */
interface DeletionPreview {
  made: { site: string; kind: Made['kind']; id: string; name: string; claim?: string; sizeGiB?: number }[];
  left: { site: string; kind: Left['kind']; id: string; name: string; why: 'unknown' | 'shared' | 'loose'; at: string }[];
  unread: { site: string; problem: Problem }[];
}

/**
 * Asks the sites of a deployment what its clusters have made there. Nothing is changed; a site that does not answer is named, and keeps nobody from what the others say.
 * @throws AppError `not-found`
 */
export async function previewDeletion(ports: Ports, deploymentId: string): Promise<DeletionPreview> {
  const ledger = await needLedger(ports.store.db, deploymentId);
  const preview: DeletionPreview = { made: [], left: [], unread: [] };
  await Promise.all(
    placesOf(ledger).map(async (place) => {
      const site = (await ports.findSite(ledger.deployment.user_id, place.site))?.name ?? place.site;
      try {
        const { made, left } = await judgeAt(await ports.openCloud(ledger.deployment.user_id, place), ownOf(ledger), { ports: true });
        const shown = made.map((one) => (one.kind === 'volume' ? { claim: one.claim, sizeGiB: one.sizeGiB } : {}));
        preview.made.push(...made.map(({ kind, id, name }, index) => ({ site, kind, id, name, ...shown[index] })));
        preview.left.push(...left.flatMap(({ kind, id, name, why, at }) => (why === 'kept' ? [] : [{ site, kind, id, name, why, at }])));
      } catch (error) {
        preview.unread.push({ site, problem: AppError.from(error).toProblem() });
      }
    }),
  );
  const seen = new Set<string>();
  return { ...preview, made: preview.made.filter(({ id }) => !seen.has(id) && seen.add(id)) };
}
