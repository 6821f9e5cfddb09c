import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../cloud/world';
import { check } from '../http/body';
import type { Refusal } from '../http/call';
import type { TokenRecord, UserRecord } from '../state/records';
import { keystoneError, malformed, unauthenticated } from './errors';
import { findUser, localUser, membershipHolds } from './people';
import { findSession, issueToken, seededCredential } from './sessions';

const named = z.union([z.object({ id: z.string() }), z.object({ name: z.string() })]);
const userRef = z.object({ id: z.string().optional(), name: z.string().optional(), domain: named.optional() });
const authSchema = z.object({
  identity: z.object({
    methods: z.array(z.string()).min(1),
    password: z.object({ user: userRef.extend({ password: z.string() }) }).optional(),
    token: z.object({ id: z.string() }).optional(),
    application_credential: z
      .object({ id: z.string().optional(), name: z.string().optional(), user: userRef.optional(), secret: z.string() })
      .optional(),
  }),
  scope: z
    .union([
      z.literal('unscoped'),
      z.object({ project: z.object({ id: z.string().optional(), name: z.string().optional(), domain: named.optional() }) }),
    ])
    .optional(),
});
type Auth = z.infer<typeof authSchema>;
const offeredMethods = ['password', 'token', 'openid', 'application_credential', 'mapped'];

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(left)), Buffer.from(hashOf(right)));
}

/** POST /v3/auth/tokens. @throws Refusal as Keystone words it */
export function authenticate(world: World, body: unknown): { token: TokenRecord; user: UserRecord } {
  if (typeof body !== 'object' || body === null || !('auth' in body)) throw malformed('Expecting to find auth in request body.', world.url);
  const auth = check(authSchema, body.auth, (fault) =>
    malformed(`Invalid input for field '${fault.path.join('/')}': ${fault.message}.`, world.url),
  );
  const { methods } = auth.identity;
  if (methods.some((method) => !offeredMethods.includes(method))) throw unsupportedMethod(world);
  if (methods.includes('application_credential') && auth.identity.application_credential) return byCredential(world, auth);
  if (methods.includes('token') && auth.identity.token) return byToken(world, auth);
  if (methods.includes('password') && auth.identity.password) return byPassword(world, auth);
  throw unauthenticated(world.url);
}

export function unsupportedMethod(world: World): Refusal {
  return keystoneError(401, 'Attempted to authenticate with an unsupported method.', world.url, { methods: offeredMethods });
}

function byPassword(world: World, auth: Auth): { token: TokenRecord; user: UserRecord } {
  const given = auth.identity.password?.user;
  const local = localUser(world);
  const matches = given && (given.id === local.id || (given.name === local.name && isDomain(world, given.domain)));
  if (!matches || !sameText(given.password, local.password ?? '')) throw unauthenticated(world.url);
  return scoped(world, auth, local, ['password']);
}

function byToken(world: World, auth: Auth): { token: TokenRecord; user: UserRecord } {
  const session = findSession(world, auth.identity.token?.id);
  if (!session) throw unauthenticated(world.url);
  if (session.token.applicationCredentialId) throw unauthenticated(world.url);
  const methods = [...new Set(['token', ...session.token.methods])];
  return scoped(world, auth, session.user, methods, session.token.expiresAt);
}

function scoped(world: World, auth: Auth, user: UserRecord, methods: string[], expiresAt?: number) {
  if (!auth.scope || auth.scope === 'unscoped')
    return { token: issueToken(world, { user, projectId: null, roles: [], methods, expiresAt }), user };
  const { project } = auth.scope;
  const projectId = project.id ?? (project.name && isDomain(world, project.domain) ? world.projectId(project.name) : '');
  const roles = user.projects[projectId];
  if (!roles) throw unauthenticated(world.url);
  return { token: issueToken(world, { user, projectId, roles, methods, expiresAt }), user };
}

function byCredential(world: World, auth: Auth): { token: TokenRecord; user: UserRecord } {
  const given = auth.identity.application_credential;
  if (!given) throw unauthenticated(world.url);
  const seeded = seededCredential(world);
  const local = localUser(world);
  const credential =
    given.id === seeded.id || (given.name === seeded.name && isLocal(world, given.user))
      ? {
          id: seeded.id,
          userId: local.id,
          projectId: world.projectId(world.definition.localUser.project),
          roles: ['reader', 'member'],
          secretHash: hashOf(world.secrets.applicationCredentialSecret),
          expiresAt: null,
        }
      : world.state.applicationCredentials.find(
          (candidate) =>
            candidate.id === given.id ||
            (given.id === undefined && candidate.name === given.name && isOwner(world, candidate.userId, given.user)),
        );
  if (!credential) {
    if (given.id === undefined) throw unauthenticated(world.url);
    throw keystoneError(404, `Could not find Application Credential: ${given.id}.`, world.url);
  }
  if (auth.scope) {
    throw keystoneError(
      401,
      'Error authenticating with application credential: Application credentials cannot request a scope.',
      world.url,
      {},
    );
  }
  const user = findUser(world, credential.userId);
  const expired = credential.expiresAt !== null && credential.expiresAt <= world.now();
  if (!user || expired || hashOf(given.secret) !== credential.secretHash || !membershipHolds(world, user)) throw unauthenticated(world.url);
  const { projectId, roles, id } = credential;
  const wanted = { user, projectId, roles, methods: ['application_credential'], applicationCredentialId: id };
  // Keystone lets no token outlive the application credential that it came by
  return { token: issueToken(world, { ...wanted, latest: credential.expiresAt ?? undefined }), user };
}

function isLocal(world: World, ref: z.infer<typeof userRef> | undefined): boolean {
  const local = localUser(world);
  return ref?.id === local.id || (ref?.name === local.name && isDomain(world, ref.domain));
}

function isOwner(world: World, userId: string, ref: z.infer<typeof userRef> | undefined): boolean {
  const owner = findUser(world, userId);
  return ref?.id === userId || (owner !== undefined && ref?.name === owner.name && isDomain(world, ref.domain));
}

function isDomain(world: World, domain: z.infer<typeof named> | undefined): boolean {
  if (!domain) return false;
  return 'id' in domain
    ? domain.id === world.definition.domain.id
    : domain.name.toLowerCase() === world.definition.domain.name.toLowerCase();
}
