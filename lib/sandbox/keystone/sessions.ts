import { randomBytes } from 'node:crypto';
import { microZulu } from '../cloud/times';
import { stableHex, type World } from '../cloud/world';
import type { Call } from '../http/call';
import type { TokenRecord, UserRecord } from '../state/records';
import { catalog } from './catalog';
import { findUser, membershipHolds } from './people';

const LIFETIME_MS = 3_600_000;

/** Who a good token speaks for, and where. */
export interface KeystoneSession {
  token: TokenRecord;
  user: UserRecord;
  /** null: not scoped to a project */
  projectId: string | null;
}

/** A session in a project, as all services but Keystone need it. */
export interface ProjectSession extends KeystoneSession {
  projectId: string;
}

export interface NewToken {
  user: UserRecord;
  projectId: string | null;
  roles: string[];
  methods: string[];
  /** rescoping never makes a token last longer */
  expiresAt?: number;
  /** it must not last longer */
  latest?: number;
  applicationCredentialId?: string;
}

export function issueToken(world: World, wanted: NewToken): TokenRecord {
  const now = world.now();
  const token: TokenRecord = {
    id: `gAAAAAB${randomBytes(wanted.projectId ? 140 : 124).toString('base64url')}`,
    auditId: randomBytes(16).toString('base64url'),
    userId: wanted.user.id,
    projectId: wanted.projectId,
    roles: wanted.roles,
    methods: wanted.methods,
    issuedAt: now,
    expiresAt: Math.min(wanted.expiresAt ?? now + LIFETIME_MS, wanted.latest ?? Number.POSITIVE_INFINITY),
    applicationCredentialId: wanted.applicationCredentialId,
  };
  world.state.tokens = world.state.tokens.filter((old) => old.expiresAt > now);
  world.state.tokens.push(token);
  world.changed();
  return token;
}

/** The session of a token; null where it is unknown, ended, or stands on something that is gone. */
export function findSession(world: World, tokenId: string | undefined): KeystoneSession | null {
  const token = world.state.tokens.find((candidate) => candidate.id === tokenId);
  if (!token || token.expiresAt <= world.now()) return null;
  const user = findUser(world, token.userId);
  if (!user) return null;
  if (token.applicationCredentialId) {
    const credential = world.state.applicationCredentials.find((candidate) => candidate.id === token.applicationCredentialId);
    const seeded = seededCredential(world).id === token.applicationCredentialId;
    if ((!credential && !seeded) || !membershipHolds(world, user)) return null;
  }
  return { token, user, projectId: token.projectId };
}

/** The id of the application credential that comes with the sandbox. */
export function seededCredential(world: World): { id: string; name: string } {
  return { id: stableHex(`${world.definition.id}/application-credential/try-me`), name: 'try-me' };
}

export function tokenOf(call: Call): string | undefined {
  const header = call.headers['x-auth-token'];
  return Array.isArray(header) ? header[0] : header;
}

/** The session of a call to any service but Keystone; null answers a 401. An unscoped one is nobody's project. */
export function projectSession(world: World, call: Call): ProjectSession | null {
  const session = findSession(world, tokenOf(call));
  return session ? { ...session, projectId: session.projectId ?? '' } : null;
}

const roleId = (role: string) => stableHex(`role/${role}`);

/** A token as Keystone shows it. `withCatalog: false` is `?nocatalog`. */
export function tokenBody(world: World, token: TokenRecord, user: UserRecord, withCatalog: boolean): Record<string, unknown> {
  const domain = { id: user.domainId, name: world.definition.domain.name };
  const body: Record<string, unknown> = {
    methods: token.methods,
    user: user.federated
      ? {
          domain,
          id: user.id,
          name: user.name,
          'OS-FEDERATION': {
            groups: user.federated.groups.map((id) => ({ id })),
            identity_provider: { id: user.federated.identityProvider },
            protocol: { id: user.federated.protocol },
          },
        }
      : { domain, id: user.id, name: user.name, password_expires_at: null },
    audit_ids: [token.auditId],
    expires_at: microZulu(token.expiresAt),
    issued_at: microZulu(token.issuedAt),
  };
  if (token.applicationCredentialId) {
    const made = world.state.applicationCredentials.find(({ id }) => id === token.applicationCredentialId);
    const name = made?.name ?? seededCredential(world).name;
    body.application_credential = { id: token.applicationCredentialId, name, restricted: made ? !made.unrestricted : false };
  }
  if (!token.projectId) return { token: body };
  body.project = { domain: { ...world.definition.domain }, id: token.projectId, name: world.projectName(token.projectId) };
  body.is_domain = false;
  body.roles = token.roles.map((name) => ({ id: roleId(name), name }));
  if (withCatalog) body.catalog = catalog(world, token.projectId);
  return { token: body };
}
