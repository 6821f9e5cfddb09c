import type { DataMove, LocalityAnswer, LocalityRule } from '../locality';
import type { Cluster, Region } from '../types';

type At = Pick<Cluster, 'id' | 'region'>;

/** About the middle of each shore: distances are said by them, and rules by the shores themselves. */
const middles: Record<Region, { lat: number; lon: number }> = {
  eu: { lat: 50.1, lon: 8.7 },
  us: { lat: 41.8, lon: -87.6 },
  other: { lat: 0, lon: 0 },
};
const placeOf = ({ region }: At) => ({ region, ...middles[region] });

/**
 * What a pair may move: of each folder where its files arrive, to where they are worked on; what it writes comes back. A folder inside of which a rule
 * speaks is a move of its own. Pure.
 */
export function movesOfPair(
  wish: { input: readonly { path: string }[] },
  origin: At,
  worker: At,
  rules: readonly Pick<LocalityRule, 'prefix'>[],
): DataMove[] {
  return wish.input.flatMap(({ path }) => {
    const { bucket, rest } = split(path);
    const inside = rules.map(({ prefix }) => prefix).filter((prefix) => prefix !== '' && (rest === '' || prefix.startsWith(`${rest}/`)));
    return [rest, ...inside].map((folder) => ({
      cluster: origin.id,
      bucket,
      path: folder,
      bytes: 0,
      from: placeOf(origin),
      to: placeOf(worker),
    }));
  });
}

/** What putting a file somewhere moves: from wherever it is to that cluster. Pure. */
export function moveOfFile(cluster: At, { bucket, key }: { bucket: string; key: string }, bytes: number): DataMove {
  // a storage may leave such slashes out of a key
  const path = key.replace(/^\/+/, '').replace(/\/{2,}/g, '/');
  return { cluster: cluster.id, bucket, path, bytes, from: placeOf(cluster), to: placeOf(cluster) };
}

/** What a refusal or a warning says in a sentence. Pure. */
export function ruleWords({ bucket, prefix }: Pick<LocalityRule, 'bucket' | 'prefix'>): string {
  return [bucket === '*' ? 'any bucket' : bucket, prefix].filter(Boolean).join('/');
}

/** Which shore a refusal keeps data on. Pure. */
export const staysIn = (answer: Extract<LocalityAnswer, { answer: 'refused' }>) =>
  answer.rule.rule.kind === 'stay' ? answer.rule.rule.region : '';

function split(path: string): { bucket: string; rest: string } {
  const [bucket = '', ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  return { bucket, rest: rest.join('/') };
}
