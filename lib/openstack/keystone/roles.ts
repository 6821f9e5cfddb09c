const member = /^_?member_?$/i;
const readsOnly = /^(reader|observer|auditor|viewer)$/i;
const manages = /admin|manager|owner|service|trust/i;

/**
 * Whether roles in a project let one create servers, as far as their names tell: Keystone says which roles one has, and no service says
 * what they allow. `member`, `admin` and `reader` mean the same everywhere (docs.openstack.org/keystone, Default Roles).
 */
export function mayCreate(roles: readonly string[]): 'yes' | 'no' | 'unknown' {
  if (roles.some((role) => member.test(role) || role === 'admin')) return 'yes';
  return roles.every((role) => readsOnly.test(role)) ? 'no' : 'unknown';
}

/**
 * The roles that an application credential is made with: those of a member of the project, never those that administer.
 * @returns empty where the person has none to hand on
 */
export function rolesToHandOn(roles: readonly string[]): string[] {
  const plain = roles.filter((role) => !manages.test(role));
  const members = plain.filter((role) => member.test(role) || role === 'reader');
  return members.some((role) => member.test(role)) ? members : plain;
}
