import { AppError } from '@/lib/core/errors';
import { Keystone } from './keystone';
import { mayCreate } from './roles';
import type { CloudSession } from './session';

/** No user has it: ids are 32 or 64 hexadecimal digits at random. */
const NOBODY = '0'.repeat(32);

/**
 * Whether Keystone would take a trust of this session's, as Blazar makes one for each lease. It is asked for one to a user that does not exist:
 * a Keystone that would take it says so of the user, and nothing is made.
 * (docs.openstack.org/api-ref/identity/v3-ext, Create trust; Keystones with the fixes of LP#2150089 refuse all delegated tokens)
 */
export async function mayTrust(session: CloudSession): Promise<'yes' | 'no' | 'unknown'> {
  const token = await session.token();
  const roles = mayCreate(token.roles);
  if (roles === 'no') return 'no';
  const trust = {
    trustor_user_id: token.user.id,
    trustee_user_id: NOBODY,
    impersonation: true,
    project_id: token.project?.id,
    roles: token.roles.map((name) => ({ name })),
  };
  try {
    await new Keystone(session.endpoint, session.auth.kind, session.clock).callAs(token, 'POST', '/OS-TRUST/trusts', 'use', { trust });
  } catch (error) {
    const upstream = error instanceof AppError ? error.upstream : undefined;
    if (upstream?.status === 404 && /user/i.test(upstream.message)) return roles;
    if (upstream?.status === 403) return 'no';
    if (upstream?.status === undefined || upstream.status === 401 || upstream.status >= 500) throw error;
  }
  return 'unknown';
}
