import type { GroupMembership } from '@/lib/store/schema';

// AARC-G069 (and G002 before it): `<namespace>:group:<group>[:<subgroup>]*[:role=<role>][#<authority>]`.
// One published mapping of EGI's has a space before `group`, so that is let through.
const GROUP_URN = /^(urn:[^#]+?):\s*group:([^:#]+)((?::(?!role=)[^:#]+)*)(?::role=([^:#]+))?(?:#.*)?$/i;
/** Names of groups, roles and authorities are short; what is longer is no membership and would only cost time. */
const LONGEST = 1000;

/** The namespace of EGI Check-in. */
const egi = ['urn:mace:egi.eu'];

/**
 * The memberships in a person's entitlements, each once. Entitlements that are no group (capabilities, GOCDB roles) or of another
 * namespace are left out; nothing in them can make this throw.
 * @param namespaces what a group's URN may begin with; `*`: anything
 */
export function parseEntitlements(entitlements: readonly string[], namespaces: readonly string[] = egi): GroupMembership[] {
  const allowed = namespaces.map((namespace) => namespace.toLowerCase());
  const found = entitlements.flatMap((entitlement) => {
    const urn = readUrn(entitlement);
    return urn && (allowed.includes('*') || allowed.includes(urn.namespace)) ? [urn.membership] : [];
  });
  return eachOnce(found);
}

/** Memberships without repetitions. */
export function eachOnce(groups: readonly GroupMembership[]): GroupMembership[] {
  return [...new Map(groups.map((group) => [JSON.stringify(group), group])).values()];
}

/** Namespaces of the groups in a person's entitlements. */
export function groupNamespaces(entitlements: readonly string[]): string[] {
  return [...new Set(entitlements.flatMap((entitlement) => readUrn(entitlement)?.namespace ?? []))];
}

function readUrn(entitlement: string): { namespace: string; membership: GroupMembership } | undefined {
  if (entitlement.length > LONGEST) return undefined;
  const [, namespace, vo, path, role] = GROUP_URN.exec(entitlement.trim()) ?? [];
  if (!namespace || !vo) return undefined;
  const subgroups = (path ?? '').split(':').filter(Boolean).map(decode);
  return { namespace: namespace.toLowerCase(), membership: { vo: decode(vo), subgroups, ...(role ? { role: decode(role) } : {}) } };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone percent sign is kept as it came
  }
}

/**
 * Whether a person is in one of the groups that a provider's users must be in.
 * @param required `vo`, `vo:subgroup[:subgroup]` or `vo::role` (`vo:subgroup::role`); none required lets everybody in
 */
export function meetsRequiredGroups(groups: readonly GroupMembership[], required: readonly string[]): boolean {
  return required.length === 0 || required.some((text) => groups.some((group) => meets(group, text)));
}

function meets(group: GroupMembership, required: string): boolean {
  const [path = '', role] = required.split('::');
  const [vo, ...subgroups] = path.split(':').filter(Boolean);
  if (group.vo !== vo) return false;
  if (role !== undefined && (group.role !== role || group.subgroups.length !== subgroups.length)) return false;
  return subgroups.every((name, index) => group.subgroups[index] === name);
}
