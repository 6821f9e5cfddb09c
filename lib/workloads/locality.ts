/** Where data may go: a rule of a person or an operator on a bucket, or on a folder of one. */
export interface LocalityRule {
  /** of a cluster or a storage; `*`: any */
  cluster: string;
  bucket: string;
  /** folder inside; empty: all of the bucket */
  prefix: string;
  rule: { kind: 'stay'; region: string } | { kind: 'prefer-near' } | { kind: 'free' };
  /** who set it, for the answer */
  by: 'operator' | 'person';
}

/** Data that a placement would move. */
export interface DataMove {
  cluster: string;
  bucket: string;
  path: string;
  bytes: number;
  from: { region: string; lat: number; lon: number };
  to: { region: string; lat: number; lon: number };
}

/** What is kept with whatever was placed. */
export type LocalityAnswer =
  | { answer: 'allowed'; rule: LocalityRule | null }
  | { answer: 'refused'; rule: LocalityRule; move: DataMove }
  | { answer: 'warn'; rule: LocalityRule; bytes: number; kilometres: number };

const EARTH_KM = 6371;

/**
 * Decides whether data may move as a placement needs it. Of several rules on one path the closest to it counts, and of equally close ones the
 * strictest; an operator's `stay` can't be loosened by a person's rule, however close that is. Without any rule data is free.
 */
export function mayMove(moves: DataMove[], rules: LocalityRule[]): LocalityAnswer {
  const far: { rule: LocalityRule; move: DataMove }[] = [];
  let allowed: LocalityRule | null = null;
  for (const move of moves) {
    const rule = ruleFor(move, rules);
    if (!rule) continue;
    if (rule.rule.kind === 'stay' && move.to.region !== rule.rule.region) return { answer: 'refused', rule, move };
    allowed ??= rule;
    if (rule.rule.kind === 'prefer-near' && move.from.region !== move.to.region) far.push({ rule, move });
  }
  const [first] = far;
  if (!first) return { answer: 'allowed', rule: allowed };
  const bytes = far.reduce((sum, { move }) => sum + move.bytes, 0);
  const kilometres = Math.round(Math.max(...far.map(({ move }) => distanceKm(move.from, move.to))));
  return { answer: 'warn', rule: first.rule, bytes, kilometres };
}

/** The rule that counts for one move. */
function ruleFor(move: DataMove, rules: LocalityRule[]): LocalityRule | null {
  const fitting = rules.filter((rule) => covers(rule, move));
  const bound = fitting.filter(({ by, rule }) => by === 'operator' && rule.kind === 'stay');
  // of the operator's bounds, one that the move would break counts before one that it keeps
  const broken = bound.find(({ rule }) => rule.kind === 'stay' && rule.region !== move.to.region);
  if (broken) return broken;
  const closest = Math.max(...fitting.map(closeness));
  const strict = { stay: 0, 'prefer-near': 1, free: 2 };
  const nearest = fitting.filter((rule) => closeness(rule) === closest);
  // two that stay in different regions can't both be kept: the one that is broken counts
  return (
    nearest.toSorted(
      (one, other) => strict[one.rule.kind] - strict[other.rule.kind] || Number(keeps(one, move)) - Number(keeps(other, move)),
    )[0] ?? null
  );
}

function keeps({ rule }: LocalityRule, move: DataMove): boolean {
  return rule.kind !== 'stay' || rule.region === move.to.region;
}

function covers(rule: LocalityRule, move: DataMove): boolean {
  if (rule.cluster !== '*' && rule.cluster !== move.cluster) return false;
  if (rule.bucket !== '*' && rule.bucket !== move.bucket) return false;
  const prefix = rule.prefix.replace(/\/+$/, '');
  return prefix === '' || move.path === prefix || move.path.startsWith(`${prefix}/`);
}

/** How near to a path a rule was set: its folder, then its bucket, then its cluster. */
function closeness(rule: LocalityRule): number {
  const depth = rule.prefix.replace(/\/+$/, '').split('/').filter(Boolean).length;
  return (rule.bucket === '*' ? 0 : 100 + depth) + (rule.cluster === '*' ? 0 : 0.5);
}

/** Along the surface of the earth (haversine). */
export function distanceKm(one: { lat: number; lon: number }, other: { lat: number; lon: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [lat, lon] = [radians(other.lat - one.lat), radians(other.lon - one.lon)];
  const half = Math.sin(lat / 2) ** 2 + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
