import { createHash } from 'node:crypto';
import { stableHex, type World } from '../cloud/world';
import type { UserRecord } from '../state/records';

/** The local person with a password: always there, whatever was done. */
export function localUser(world: World): UserRecord {
  const { localUser: local, domain } = world.definition;
  return {
    id: stableHex(`${world.definition.id}/user/${local.name}`),
    name: local.name,
    domainId: domain.id,
    projects: { [world.projectId(local.project)]: ['reader', 'member'] },
    password: world.secrets.password,
  };
}

export function findUser(world: World, id: string): UserRecord | undefined {
  const local = localUser(world);
  return local.id === id ? local : world.state.users.find((user) => user.id === id);
}

/**
 * The federated person behind an introspected access token, with the projects that this cloud's mapping gives:
 * those of the VOs in which the person is a vm_operator (either form of the entitlement, Check-in has both), and those that the
 * claim `projects` names, as Chameleon's provider has it.
 * @returns null where no project results: Keystone's 401 of a person it can't map
 */
export function federatedUser(world: World, claims: Record<string, unknown>): UserRecord | null {
  const { federation, domain, projects } = world.definition;
  const subject = typeof claims.sub === 'string' ? claims.sub : '';
  if (!federation || !subject) return null;
  const operatorOf = new Set([claims.eduperson_entitlement, claims.entitlements].flatMap(operatedVos));
  const named = Array.isArray(claims.projects) ? claims.projects : [];
  const mapped = projects.filter((project) => (project.vo !== null ? operatorOf.has(project.vo) : named.includes(project.name)));
  const id = createHash('sha256').update(`${world.definition.id}/${subject}`).digest('hex');
  const known = world.state.users.find((user) => user.id === id);
  const user: UserRecord = {
    id,
    name: subject,
    domainId: domain.id,
    projects: Object.fromEntries(mapped.map((project) => [world.projectId(project.name), ['member', 'reader']])),
    federated: {
      seenAt: world.now(),
      groups: mapped.map((project) => stableHex(`${world.definition.id}/group/${project.name}`)),
      identityProvider: federation.identityProvider,
      protocol: federation.protocol,
    },
  };
  if (known) Object.assign(known, user);
  if (mapped.length === 0) return null;
  if (!known) world.state.users.push(user);
  world.changed();
  return user;
}

/** Whether what a federated login gave is still believed (Keystone's `authorization_ttl`). */
export function membershipHolds(world: World, user: UserRecord): boolean {
  return !user.federated || user.federated.seenAt + world.definition.membershipMinutes * 60_000 > world.now();
}

function operatedVos(claim: unknown): string[] {
  if (!Array.isArray(claim)) return [];
  return claim.flatMap((entitlement) => {
    const match = /^urn:mace:egi\.eu:group:([^:#]+)(?::vm_operator:role=member|:role=vm_operator)(?:#.*)?$/.exec(String(entitlement));
    return match?.[1] ? [match[1]] : [];
  });
}
