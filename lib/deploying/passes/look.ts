import { isBorrowed, type KindName } from '../kinds';
import { holdsUp } from '../kinds/waiting';
import { type Ledger, nodeOn, type Place, placeKey, type Resource } from '../ledger/ledger';
import { isOutdated, isReadyToStart } from './action';

/** A place with the kinds that are to be listed there. */
export interface Look {
  place: Place;
  kinds: Set<KindName>;
}

/**
 * Which lists a pass needs: only the kinds of which something is unsettled, or every kind that the deployment may
 * have where it is to be complete. Pure. A place without kinds still has to be signed in to, since something is to be made there.
 */
export function whatToLookAt(ledger: Ledger, complete: boolean): Look[] {
  const looks = new Map<string, Look>();
  const held = heldUp(ledger);
  for (const resource of ledger.resources) {
    // nothing is done to it
    if (resource.wanted === 'absent' && isBorrowed(resource.spec)) continue;
    const acts = needsCloud(resource, ledger) && !isFarFromGoing(resource, ledger, held);
    if (complete ? !wasAsked(resource) : !acts) continue;
    const key = placeKey(resource);
    const look = looks.get(key) ?? {
      place: { site: resource.site, project: resource.project, credential: resource.credential },
      kinds: new Set(),
    };
    if (complete || needsList(resource, ledger)) look.kinds.add(resource.kind);
    looks.set(key, look);
  }
  return [...looks.values()];
}

/** Keys of what is to go and can't before others have. */
function heldUp({ resources }: Ledger): Set<string> {
  const going = resources.filter(({ wanted, phase }) => wanted === 'absent' && phase !== 'gone');
  return new Set(going.filter((resource) => resources.some((other) => holdsUp(other, resource))).map(({ key }) => key));
}

// Its turn may come in this very pass where those that use it are on their way, and not where they wait for others themselves: of many machines that go, the
// lists of what goes last would be read as often as that of machines.
function isFarFromGoing(resource: Resource, { resources }: Ledger, held: ReadonlySet<string>): boolean {
  return held.has(resource.key) && resources.some((other) => held.has(other.key) && holdsUp(other, resource));
}

/** Whether a create may ever have been sent for it. */
export function wasAsked(resource: Resource): boolean {
  return resource.attempts > 0 || resource.unclear || resource.cloud_id !== null || resource.phase === 'ready';
}

function needsList(resource: Resource, ledger: Ledger): boolean {
  const { phase, wanted } = resource;
  if (wanted === 'absent') return phase !== 'gone' && phase !== 'failed' && (phase !== 'planned' || resource.attempts > 0);
  if (phase === 'creating' || phase === 'waiting' || phase === 'deleting') return true;
  if (phase === 'planned') return resource.unclear;
  return phase === 'ready' && (resource.observed.missedAt !== undefined || changesPower(resource, ledger) || isOutdated(resource, ledger));
}

function needsCloud(resource: Resource, ledger: Ledger): boolean {
  const starts = resource.wanted === 'present' && resource.phase === 'planned' && isReadyToStart(resource, ledger);
  return starts || needsList(resource, ledger);
}

/** Whether somebody asked for a server to be stopped, started or rebooted, and it is not done yet. */
export function changesPower(resource: Resource, ledger: Ledger): boolean {
  const node = nodeOn(resource, ledger);
  if (!node) return false;
  if (node.reboot) return true;
  return resource.observed.power !== undefined && resource.observed.power !== node.wanted;
}
