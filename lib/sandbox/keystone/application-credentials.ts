import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { micro } from '../cloud/times';
import { stableHex, type World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ApplicationCredentialRecord } from '../state/records';
import { hashOf } from './authenticate';
import { keystoneError, malformed, unauthenticated } from './errors';
import { findSession, type KeystoneSession, seededCredential, tokenOf } from './sessions';

const roleRef = z.object({ id: z.string().optional(), name: z.string().optional() });
const newCredential = z.object({
  application_credential: z.object({
    name: z.string().min(1).max(255),
    description: z.string().nullish(),
    secret: z.string().nullish(),
    expires_at: z.string().nullish(),
    roles: z.array(roleRef).optional(),
    unrestricted: z.boolean().nullish(),
    access_rules: z.array(z.unknown()).optional(),
  }),
});

/** Keystone's application credentials: each person's own. */
export function applicationCredentialRoutes(world: World): Route[] {
  const base = '/v3/users/:user/application_credentials';
  const owner = (call: Call): KeystoneSession => {
    const session = findSession(world, tokenOf(call));
    if (!session) throw unauthenticated(world.url);
    if (session.user.id !== call.params.user) throw forbidden(world, 'identity:list_application_credentials.');
    return session;
  };
  const mayManage = (session: KeystoneSession) => {
    const id = session.token.applicationCredentialId;
    const unrestricted = id === undefined || id === seededCredential(world).id || find(world, id)?.unrestricted;
    if (!unrestricted) {
      throw forbidden(world, "Using method 'application_credential' is not allowed for managing additional application credentials..");
    }
  };
  const mine = (call: Call): ApplicationCredentialRecord => {
    const session = owner(call);
    const credential = find(world, call.params.id ?? '');
    if (!credential || credential.userId !== session.user.id) {
      throw keystoneError(404, `Could not find Application Credential: ${call.params.id}.`, world.url);
    }
    return credential;
  };
  return [
    route('GET', base, (call) => {
      const session = owner(call);
      const name = call.query.get('name');
      const own = world.state.applicationCredentials.filter(
        (one) => one.userId === session.user.id && (name === null || one.name === name),
      );
      const self = `${world.url}/v3/users/${session.user.id}/application_credentials`;
      return {
        status: 200,
        body: { application_credentials: own.map((one) => show(world, one)), links: { next: null, self, previous: null } },
      };
    }),
    route('POST', base, (call) => {
      const session = owner(call);
      mayManage(session);
      const body = parseJson(call.text, () => malformed('Expecting to find valid JSON in request body.', world.url));
      const given = check(newCredential, body, (fault) =>
        malformed(`Invalid input for field '${fault.path.at(-1)}': ${fault.message}.`, world.url),
      );
      const { credential, secret } = create(world, session, given.application_credential);
      return { status: 201, body: { application_credential: { ...show(world, credential), secret } } };
    }),
    route('GET', `${base}/:id`, (call) => {
      const seeded = seededCredential(world);
      if (call.params.id !== seeded.id) return { status: 200, body: { application_credential: show(world, mine(call)) } };
      const { user, projectId } = owner(call);
      const roles = ['reader', 'member'];
      const record = {
        ...seeded,
        description: null,
        secretHash: '',
        userId: user.id,
        projectId: projectId ?? '',
        roles,
        unrestricted: true,
      };
      return { status: 200, body: { application_credential: show(world, { ...record, expiresAt: null }) } };
    }),
    route('DELETE', `${base}/:id`, (call) => {
      mayManage(owner(call));
      const credential = mine(call);
      world.state.applicationCredentials = world.state.applicationCredentials.filter((one) => one !== credential);
      world.changed();
      return { status: 204 };
    }),
  ];
}

function create(world: World, session: KeystoneSession, given: z.infer<typeof newCredential>['application_credential']) {
  const { projectId } = session;
  if (!projectId) throw malformed('Application credentials need a token that is scoped to a project.', world.url);
  if (world.state.applicationCredentials.some((one) => one.userId === session.user.id && one.name === given.name)) {
    throw keystoneError(
      409,
      `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${given.name}.`,
      world.url,
    );
  }
  const wanted = given.roles?.map((role) => role.name ?? session.token.roles.find((name) => stableHex(`role/${name}`) === role.id) ?? '');
  const roles = wanted ?? session.token.roles;
  const missing = roles.find((role) => !session.token.roles.includes(role));
  // as Keystone refuses people whose roles come from a federated group that it does not keep
  if (missing !== undefined || (session.user.federated && world.definition.membershipMinutes === 0)) {
    throw keystoneError(
      400,
      `Invalid application credential: Could not find role assignment with role: ${missing ?? roles[0]}, user or group: ${session.user.id}, project, domain, or system: ${projectId}.`,
      world.url,
    );
  }
  const secret = given.secret ?? randomBytes(64).toString('base64url');
  const credential: ApplicationCredentialRecord = {
    id: randomBytes(16).toString('hex'),
    name: given.name,
    description: given.description ?? null,
    secretHash: hashOf(secret),
    userId: session.user.id,
    projectId,
    roles,
    unrestricted: given.unrestricted ?? false,
    expiresAt: given.expires_at ? Date.parse(given.expires_at.endsWith('Z') ? given.expires_at : `${given.expires_at}Z`) : null,
  };
  world.state.applicationCredentials.push(credential);
  world.changed();
  return { credential, secret };
}

const find = (world: World, id: string) => world.state.applicationCredentials.find((one) => one.id === id);

const forbidden = (world: World, what: string) =>
  keystoneError(403, `You are not authorized to perform the requested action: ${what}`, world.url);

function show(world: World, one: ApplicationCredentialRecord): Record<string, unknown> {
  return {
    id: one.id,
    name: one.name,
    description: one.description,
    user_id: one.userId,
    project_id: one.projectId,
    system: null,
    expires_at: one.expiresAt === null ? null : micro(one.expiresAt),
    unrestricted: one.unrestricted || null,
    roles: one.roles.map((name) => ({
      id: stableHex(`role/${name}`),
      name,
      domain_id: null,
      description: null,
      options: { immutable: true },
    })),
    links: { self: `${world.url}/v3/application_credentials/${one.id}` },
  };
}
