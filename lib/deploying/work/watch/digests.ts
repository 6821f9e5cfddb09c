import { createHash } from 'node:crypto';
import type { Found, KindName } from '../../kinds';
import { prefixOf } from '../../ledger/names';

/** A deployment at rest, as far as it stands in one project. */
export interface Watched {
  id: string;
  /** which kinds of things it has there */
  kinds: ReadonlySet<KindName>;
  /** ids of them at the site: what bears another name is known by these */
  known: ReadonlySet<string>;
}

/** Of one deployment in one project, by kind: short, and the same as long as its things are shown the same. */
export type Digests = Partial<Record<KindName, string>>;

/**
 * What a look at a whole project shows of each deployment, of the kinds that it has and that could be listed. Pure: as it is derived from all that a pass
 * would be shown of these kinds, a pass would find nothing to do where the digests are those of before.
 */
export function digestsOf(watched: readonly Watched[], lists: ReadonlyMap<KindName, readonly Found[]>): Map<string, Digests> {
  const byPrefix = new Map(watched.map((each) => [prefixOf(each.id), each]));
  const byId = new Map<string, Watched[]>();
  for (const each of watched) for (const id of each.known) byId.set(id, [...(byId.get(id) ?? []), each]);
  const digests = new Map<string, Digests>(watched.map(({ id }) => [id, {}]));
  for (const [kind, list] of lists) {
    const shown = new Map<string, string[]>(watched.filter(({ kinds }) => kinds.has(kind)).map(({ id }) => [id, []]));
    for (const found of list) {
      const named = byPrefix.get(found.name.slice(0, found.name.indexOf('-') + 1));
      for (const owner of byId.get(found.id) ?? (named ? [named] : [])) {
        if (!isAnothers(found, owner.id)) shown.get(owner.id)?.push(wordsOf(found));
      }
    }
    for (const [id, words] of shown) Object.assign(digests.get(id) ?? {}, { [kind]: digest(words) });
  }
  return digests;
}

/** Which kinds are shown otherwise than before, or were not looked at before. */
export function newsIn(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  return Object.keys(now).filter((key) => before[key] !== now[key]);
}

const isAnothers = ({ observed }: Found, id: string): boolean => observed.deployment !== undefined && observed.deployment !== id;

const wordsOf = ({ id, state, observed, parts, trouble }: Found): string =>
  JSON.stringify([id, state, observed, parts.toSorted(), trouble?.detail]);

// A list has no order of its own.
const digest = (words: string[]): string => createHash('sha256').update(words.toSorted().join('\n')).digest('base64url').slice(0, 16);
