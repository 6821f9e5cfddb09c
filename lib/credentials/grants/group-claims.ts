import type { GroupClaim, GroupClaims } from '@/lib/core/config/provider';
import { tidyText } from '@/lib/core/text';
import type { GroupMembership } from '@/lib/store/schema';
import { eachOnce, groupNamespaces, parseEntitlements } from './entitlements';

/** A name is as long as this at most, and a person in so many groups: what is more is no membership that anybody gave. */
const LONGEST = 1000;
const MOST = 2000;

/**
 * The memberships in what a provider says of a person: of all claims that the operator named, each membership once.
 * @returns no `groups` where none of the claims is there (or all are null): the provider then says nothing of groups
 */
export function readGroups(
  { claims, namespaces }: GroupClaims,
  said: Record<string, unknown>,
): { groups?: GroupMembership[]; unreadNamespaces?: string[] } {
  const found = claims.flatMap((claim) => {
    const texts = textsIn(valueAt(said, claim.claim.split('.')));
    return texts ? [{ claim, texts: texts.map(tidyText) }] : [];
  });
  if (found.length === 0) return {};
  const groups = found.flatMap(({ claim, texts }) => membershipsOf(claim, texts, namespaces));
  const urns = found.flatMap(({ claim, texts }) => (claim.as === 'urn' ? groupNamespaces(texts) : []));
  const known = namespaces.map((namespace) => namespace.toLowerCase());
  const unread = known.includes('*') ? [] : urns.filter((namespace) => !known.includes(namespace));
  return { groups: eachOnce(groups).slice(0, MOST), unreadNamespaces: [...new Set(unread)].slice(0, 10) };
}

function membershipsOf({ as, separator, of }: GroupClaim, texts: readonly string[], namespaces: readonly string[]): GroupMembership[] {
  if (as === 'urn') return parseEntitlements(texts, namespaces);
  if (as === 'name') return texts.map((vo) => ({ vo, subgroups: [] }));
  if (as === 'role') return texts.map((role) => ({ vo: of, subgroups: [], role }));
  return texts.flatMap((text) => {
    const [vo, ...subgroups] = text.split(separator).filter(Boolean);
    return vo === undefined ? [] : [{ vo, subgroups }];
  });
}

// A claim's own name may have dots (`https://example.org/groups`), so the longest name that is there counts.
function valueAt(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).join('.');
    if (Object.hasOwn(value, name)) return valueAt(Reflect.get(value, name), path.slice(length));
  }
  return undefined;
}

function textsIn(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()].filter(fits);
  if (!Array.isArray(value)) return undefined;
  return value.filter((one): one is string => typeof one === 'string' && one.trim() !== '' && fits(one)).map((one) => one.trim());
}

const fits = (text: string) => text.length <= LONGEST;
