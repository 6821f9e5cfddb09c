import { z } from 'zod';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import { keystoneError, malformed } from './errors';
import { findUser } from './people';
import type { KeystoneSession } from './sessions';

const newTrust = z.object({
  trust: z.object({
    trustor_user_id: z.string(),
    trustee_user_id: z.string(),
    impersonation: z.boolean(),
    project_id: z.string().nullish(),
    roles: z.array(z.object({ id: z.string().optional(), name: z.string().optional() })).optional(),
  }),
});

/**
 * Keystone's trusts, as far as it tells whether it would take one: a Keystone with the fixes of 2026 refuses those that speak by an application
 * credential before it looks for whom the trust is. Nobody keeps any here: Blazar, for whom they are, is in the house.
 */
export function trustRoute(world: World, signedIn: (call: Call) => KeystoneSession): Route {
  const forbidden = (what: string) => keystoneError(403, `You are not authorized to perform the requested action: ${what}`, world.url);
  return route('POST', '/v3/OS-TRUST/trusts', (call) => {
    const { token, user } = signedIn(call);
    const body = parseJson(call.text, () => malformed('Expecting to find valid JSON in request body.', world.url));
    const { trust } = check(newTrust, body, (fault) =>
      malformed(`Invalid input for field '${fault.path.join('/')}': ${fault.message}.`, world.url),
    );
    if (token.applicationCredentialId && !world.trustsCredentials()) throw forbidden('Delegated tokens cannot manage trusts..');
    if (trust.project_id && !trust.roles?.length) throw forbidden('At least one role should be specified..');
    if (trust.trustor_user_id !== user.id) throw forbidden('The authenticated user should match the trustor..');
    if (!findUser(world, trust.trustee_user_id)) throw keystoneError(404, `Could not find user: ${trust.trustee_user_id}.`, world.url);
    throw forbidden('identity:create_trust.');
  });
}
