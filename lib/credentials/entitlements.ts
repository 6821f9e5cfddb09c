import type { GroupMembership } from '@/lib/store/schema';

// `urn:mace:egi.eu:group:<vo>[:<subgroup>]*[:role=<role>][#<authority>]`, by EGI Check-in's guide for services.
// One published mapping has a space before `group`, so that is let through.
const GROUP_URN = /^urn:mace:egi\.eu:\s*group:([^:#]+)((?::(?!role=)[^:#]+)*)(?::role=([^:#]+))?(?:#.*)?$/i;

/**
 * The VO memberships in a person's entitlements, each once. Entitlements that are no group (capabilities, GOCDB roles,
 * other namespaces) are left out; nothing in them can make this throw.
 */
export function parseEntitlements(entitlements: readonly string[]): GroupMembership[] {
  const found = new Map<string, GroupMembership>();
  for (const entitlement of entitlements) {
    const membership = parseEntitlement(entitlement);
    if (membership) found.set(JSON.stringify(membership), membership);
  }
  return [...found.values()];
}

function parseEntitlement(entitlement: string): GroupMembership | undefined {
  // VO names, roles and authorities are short; what is longer is no membership and would only cost time
  if (entitlement.length > 1000) return undefined;
  const match = GROUP_URN.exec(entitlement.trim());
  const vo = match?.[1];
  if (!match || !vo) return undefined;
  const subgroups = (match[2] ?? '').split(':').filter(Boolean).map(decode);
  const role = match[3];
  return { vo: decode(vo), subgroups, ...(role ? { role: decode(role) } : {}) };
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
