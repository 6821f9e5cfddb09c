import { isBorrowed } from '../kinds';
import { deleteSeconds } from '../kinds/times';
import { writeDeleted } from '../ledger/ending';
import { type Ledger, placeKey, type Resource } from '../ledger/ledger';
import { nameOf } from '../ledger/names';
import { commit, type Write } from '../ledger/write';
import type { Ports } from '../ports';
import { wasAsked } from './look';
import type { Observations } from './sight';

/**
 * The ledger holds nothing any more: the clouds' own lists have the last word. What they still show (what an unclear
 * create has made after all) goes back to the ledger; so does a place that can't be asked, until its time is over.
 * @returns as `runPass`
 */
export async function finishDeletion(ports: Ports, ledger: Ledger, seen: Observations): Promise<number | null> {
  const { deployment } = ledger;
  const now = ports.clock.now();
  const writes = ledger.resources.flatMap((resource): Write[] => {
    // what is not ours stays, whether its site answers or not
    if (isBorrowed(resource.spec)) return [];
    const sight = seen.get(placeKey(resource));
    const first = (kind?: Resource['kind']) =>
      ledger.resources.find(
        (other) =>
          wasAsked(other) &&
          !isBorrowed(other.spec) &&
          placeKey(other) === placeKey(resource) &&
          (kind === undefined || other.kind === kind),
      );
    if (sight?.problem) return first() === resource ? [backToWork(resource, null, now)] : [];
    if (sight?.unseen?.has(resource.kind)) return first(resource.kind) === resource ? [backToWork(resource, null, now)] : [];
    const found = sight?.lists.get(resource.kind)?.find(({ name }) => name === nameOf(deployment.id, resource.key));
    return found ? [backToWork(resource, found.id, now)] : [];
  });
  if (writes.length > 0) {
    await commit(ports, ledger, writes);
    return 0;
  }
  await writeDeleted(ports.store, deployment, now);
  return null;
}

function backToWork(resource: Resource, cloudId: string | null, now: Date): Write {
  const deadline = new Date(now.getTime() + deleteSeconds * 1000);
  return { resource, change: { phase: 'deleting', cloud_id: cloudId, unclear: false, next_try_at: null, deadline_at: deadline } };
}
