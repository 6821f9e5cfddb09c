import { z } from 'zod';
import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { jsonOf } from '@/lib/web/answer';
import { unreadable } from '../errors/unreadable';
import { siteName } from '../site-name';
import type { CloudAuth, IdentityEndpoint } from '../types';
import { Keystone } from './keystone';
import { rolesToHandOn } from './roles';
import { CloudSession } from './session';

/** What a new application credential should be. It can't make others, and has the roles of a member, not those that administer. */
interface NewApplicationCredential {
  /** unique among the person's application credentials */
  name: string;
  description: string;
  expiresAt?: Date;
}

const made = z.object({ application_credential: z.object({ id: z.string(), secret: z.string() }) });

/**
 * Makes an application credential for a person in a project (docs.openstack.org/api-ref/identity/v3, Create application credential).
 * @returns its id and its secret, which Keystone tells only now
 * @throws AppError as `ConnectCloud`; `upstream-refused` where the site makes none for federated people or for this credential;
 *   `conflict` when the name is taken; `quota-exceeded`; `forbidden` where the person has no role that could be handed on
 */
export async function createApplicationCredential(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  projectId: string,
  wanted: NewApplicationCredential,
  clock: Clock = systemClock,
): Promise<{ id: string; secret: Secret }> {
  const token = await new CloudSession(endpoint, auth, projectId, clock).token();
  const roles = rolesToHandOn(token.roles);
  if (roles.length === 0) throw nothingToHandOn(siteName(endpoint), token.roles);
  const body = {
    application_credential: {
      roles: roles.map((name) => ({ name })),
      name: wanted.name,
      description: wanted.description,
      expires_at: wanted.expiresAt?.toISOString().replace('Z', ''), // naive UTC
      unrestricted: false,
    },
  };
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials`;
  const answer = await new Keystone(endpoint, auth.kind, clock).callAs(token, 'POST', path, 'make-credential', body);
  const parsed = made.safeParse(jsonOf(answer));
  if (!parsed.success) throw unreadable(siteName(endpoint), 'identity', answer);
  const { id, secret } = parsed.data.application_credential;
  return { id, secret: new Secret(secret) };
}

const shown = z.object({
  application_credential: z.object({ name: z.string(), expires_at: z.string().nullable(), roles: z.array(z.object({ name: z.string() })) }),
});

/**
 * What Keystone says of the application credential that signs in here; its owner may read it even where it is restricted.
 * @returns when it ends (null: never), and the roles it has; null where another kind of credential signed in
 */
export async function describeApplicationCredential(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  clock: Clock = systemClock,
): Promise<{ name: string; expiresAt: Date | null; roles: string[] } | null> {
  if (auth.kind !== 'applicationCredential') return null;
  const token = await new CloudSession(endpoint, auth, undefined, clock).token();
  const id = token.applicationCredential?.id ?? ('id' in auth ? auth.id : undefined);
  if (id === undefined) return null;
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials/${encodeURIComponent(id)}`;
  const answer = await new Keystone(endpoint, auth.kind, clock).callAs(token, 'GET', path, 'use');
  const parsed = shown.safeParse(jsonOf(answer));
  if (!parsed.success) throw unreadable(siteName(endpoint), 'identity', answer);
  const { name, expires_at, roles } = parsed.data.application_credential;
  return { name, expiresAt: expires_at === null ? null : fromNaiveUtc(expires_at), roles: roles.map((role) => role.name) };
}

const fromNaiveUtc = (text: string): Date => new Date(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);

function nothingToHandOn(site: string, roles: string[]): AppError {
  return new AppError({
    code: 'forbidden',
    title: 'You have no role here that an application credential could have',
    detail: `In this project at ${site} you have ${roles.join(', ') || 'no role'}, and Transat hands on no role that administers.`,
    remedy: 'Ask for the role “member” in the project, or make the application credential on the site’s own pages.',
  });
}

const listed = z.object({ application_credentials: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The ids of the person's application credentials of a name (List application credentials). Same errors. */
export async function findApplicationCredentials(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  projectId: string,
  name: string,
  clock: Clock = systemClock,
): Promise<string[]> {
  const token = await new CloudSession(endpoint, auth, projectId, clock).token();
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials?name=${encodeURIComponent(name)}`;
  const answer = await new Keystone(endpoint, auth.kind, clock).callAs(token, 'GET', path, 'use');
  const parsed = listed.safeParse(jsonOf(answer));
  if (!parsed.success) throw unreadable(endpoint.site, 'identity', answer);
  return parsed.data.application_credentials.filter((each) => each.name === name).map(({ id }) => id);
}

/** Deletes an application credential of the person; one that is gone is fine. Same errors. */
export async function deleteApplicationCredential(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  projectId: string,
  id: string,
  clock: Clock = systemClock,
): Promise<void> {
  const token = await new CloudSession(endpoint, auth, projectId, clock).token();
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials/${encodeURIComponent(id)}`;
  await new Keystone(endpoint, auth.kind, clock).callAs(token, 'DELETE', path, 'make-credential').catch((error: unknown) => {
    if (!(error instanceof AppError) || error.upstream?.status !== 404) throw error;
  });
}
