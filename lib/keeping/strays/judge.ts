import { shortId } from '@/lib/core/ids';
import type { Sighting } from '@/lib/deploying/kinds/survey';

/** A row of a deployment's ledger, as far as it says what is whose. */
export interface KnownPart {
  key: string;
  wanted: 'present' | 'absent';
  phase: string;
  cloudId: string | null;
}
/** A deployment of this installation: anybody's. */
export interface KnownDeployment {
  id: string;
  userId: string;
  /** its own lists had the last word, and they showed nothing */
  deleted: boolean;
  /** nothing is under way: what it lacks it is not about to make */
  settled: boolean;
  parts: readonly KnownPart[];
}
export interface Verdict {
  sighting: Sighting;
  deployment: string;
  /** of the part of the deployment that it was; null where its name does not say */
  key: string | null;
  adoptable: boolean;
}

/**
 * What of all that stands in a person's project was surely made for a deployment of theirs, and is not had by any. Pure. What is noted beside a thing at its
 * site goes before its name; by the name alone it is ours only where the deployment has, or had, a part that is called so.
 * @param known all deployments of this installation that any of it may be of, or that have any of it
 */
export function straysIn(userId: string, seen: readonly Sighting[], known: readonly KnownDeployment[]): Verdict[] {
  const had = new Set(known.flatMap(({ deleted, parts }) => (deleted ? [] : parts.flatMap(({ cloudId }) => cloudId ?? []))));
  const there = new Set(seen.map(({ id }) => id));
  return seen.flatMap((sighting) => {
    const owner = had.has(sighting.id) ? undefined : ownerOf(sighting, known);
    if (owner?.userId !== userId || !(owner.deleted || owner.settled)) return [];
    const key = keyIn(sighting.name, owner);
    const part = owner.parts.find((one) => one.key === key);
    if (!owner.deleted && isOnItsWay(part, there)) return [];
    return [{ sighting, deployment: owner.id, key, adoptable: !owner.deleted && part !== undefined && lacks(part, there) }];
  });
}

function ownerOf({ name, deployment }: Sighting, known: readonly KnownDeployment[]): KnownDeployment | undefined {
  // another's note makes it another's, whatever it is called
  if (deployment !== undefined) return known.find(({ id }) => id === deployment);
  const named = known.filter(({ id }) => name.startsWith(`${shortId(id)}-`));
  const [owner] = named;
  return owner && named.length === 1 && keyIn(name, owner) !== null ? owner : undefined;
}

function keyIn(name: string, { id, parts }: KnownDeployment): string | null {
  return parts.find(({ key }) => name === `${shortId(id)}-${key}`)?.key ?? null;
}

/** A pass of its deployment has still to find, make or delete it. */
function isOnItsWay(part: KnownPart | undefined, there: ReadonlySet<string>): boolean {
  if (!part) return false;
  if (part.phase === 'ready') return part.cloudId !== null && !there.has(part.cloudId);
  return part.phase !== 'gone' && part.phase !== 'failed';
}

/** The deployment has given this part up, and has none in its place. */
function lacks({ wanted, phase, cloudId }: KnownPart, there: ReadonlySet<string>): boolean {
  return wanted === 'present' && phase === 'failed' && (cloudId === null || !there.has(cloudId));
}
