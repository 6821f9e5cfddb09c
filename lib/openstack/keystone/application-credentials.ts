import { z } from 'zod';
import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { unreadable } from '../errors/unreadable';
import { jsonOf } from '../http/answer';
import type { CloudAuth, IdentityEndpoint } from '../types';
import { Keystone } from './keystone';
import { Session } from './session';

/** What a new application credential should be. It can't make others, and has all roles that the person has in the project. */
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
 *   `conflict` when the name is taken; `quota-exceeded`
 */
export async function createApplicationCredential(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  projectId: string,
  wanted: NewApplicationCredential,
  clock: Clock = systemClock,
): Promise<{ id: string; secret: Secret }> {
  const token = await new Session(endpoint, auth, projectId, clock).token();
  const body = {
    application_credential: {
      name: wanted.name,
      description: wanted.description,
      expires_at: wanted.expiresAt?.toISOString().replace('Z', ''), // naive UTC
      unrestricted: false,
    },
  };
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials`;
  const answer = await new Keystone(endpoint, auth.kind, clock).callAs(token, 'POST', path, 'make-credential', body);
  const parsed = made.safeParse(jsonOf(answer));
  if (!parsed.success) throw unreadable(endpoint.site, 'identity', answer);
  const { id, secret } = parsed.data.application_credential;
  return { id, secret: new Secret(secret) };
}

/** Deletes an application credential of the person; one that is gone is fine. Same errors. */
export async function deleteApplicationCredential(
  endpoint: IdentityEndpoint,
  auth: CloudAuth,
  projectId: string,
  id: string,
  clock: Clock = systemClock,
): Promise<void> {
  const token = await new Session(endpoint, auth, projectId, clock).token();
  const path = `/users/${encodeURIComponent(token.user.id)}/application_credentials/${encodeURIComponent(id)}`;
  await new Keystone(endpoint, auth.kind, clock).callAs(token, 'DELETE', path, 'make-credential').catch((error: unknown) => {
    if (!(error instanceof AppError) || error.upstream?.status !== 404) throw error;
  });
}
