import { z } from 'zod';

const claimsSchema = z.object({ iss: z.string(), azp: z.string(), scope: z.string().default('') });
const answerSchema = z.object({ access_token: z.string() });

/**
 * A new access token for the refresh token that a service was given, as OSCAR 4.1 gets one: from the issuer and for the client that the token,
 * a JWT, names itself.
 * @param issuers whom the sandbox would ask at all, and where each one's realm answers
 */
export async function refreshAccess(refreshToken: string, issuers: Record<string, string>): Promise<string | null> {
  const claims = claimsSchema.safeParse(payloadOf(refreshToken));
  const at = claims.success ? issuers[claims.data.iss] : undefined;
  if (!claims.success || !at) return null;
  try {
    const response = await fetch(`${at}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: claims.data.azp,
        refresh_token: refreshToken,
        scope: claims.data.scope,
      }),
    });
    const answer = answerSchema.safeParse(await response.json());
    return response.status === 200 && answer.success ? answer.data.access_token : null;
  } catch {
    return null;
  }
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
