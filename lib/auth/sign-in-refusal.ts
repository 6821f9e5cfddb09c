import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';

const SALT = 'transat.refusal';
const SECONDS = 600;
const MOST_WORDS = 300;

const reasons = [
  'unanswered',
  'certificate',
  'unreadable',
  'declined',
  'client',
  'grant',
  'scope',
  'request',
  'late',
  'group',
  'refused',
] as const;

const schema = z.object({
  reason: z.enum(reasons),
  provider: z.string(),
  /** what the provider said, in its own words */
  said: z.string().optional(),
  /** the same for the operator: which key of the configuration to look at */
  namespaces: z.array(z.string()).optional(),
});

/** Why a sign-in was refused, as the page tells it. */
export type SignInRefusal = z.infer<typeof schema>;
export type RefusalReason = SignInRefusal['reason'];

const byWord: Record<string, RefusalReason> = {
  access_denied: 'declined',
  consent_required: 'declined',
  interaction_required: 'declined',
  login_required: 'declined',
  invalid_client: 'client',
  unauthorized_client: 'grant',
  unsupported_response_type: 'grant',
  unsupported_grant_type: 'grant',
  invalid_scope: 'scope',
  invalid_request: 'request',
  redirect_uri_mismatch: 'request',
  invalid_grant: 'late',
  temporarily_unavailable: 'unanswered',
};

/** What an error of the OpenID client means to who wanted to sign in. */
export function refusalOf(error: unknown, { name }: Pick<ProviderConfig, 'name'>): SignInRefusal {
  const { code, upstream, detail } = AppError.from(error);
  const said = (upstream?.message ?? detail).slice(0, MOST_WORDS);
  const word = /^[\w-]+/.exec(said)?.[0] ?? '';
  // Keycloak calls a wrong secret so, too
  const wrongSecret = word === 'unauthorized_client' && /credential|secret/i.test(said);
  const reason = wrongSecret ? 'client' : (byWord[word] ?? (code === 'upstream-refused' ? 'refused' : silenceOf(said, upstream?.status)));
  return { reason, provider: name, said };
}

function silenceOf(said: string, status: number | undefined): RefusalReason {
  if (/CERT|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY|ISSUER/.test(said)) return 'certificate';
  return status === undefined && /^([A-Z_]{4,}|site-|deadline-)/.test(said) ? 'unanswered' : 'unreadable';
}

/** A refusal as it goes through the browser to the page: sealed, so that nobody can put words of their own there. */
export async function sealRefusal(refusal: SignInRefusal, secret: Secret): Promise<string> {
  return await encode({ token: { refusal }, secret: secret.reveal(), salt: SALT, maxAge: SECONDS });
}

/** What {@link sealRefusal} was given; null for anything else, or after ten minutes. */
export async function openRefusal(sealed: string | undefined, secret: Secret): Promise<SignInRefusal | null> {
  if (sealed === undefined) return null;
  try {
    const token = await decode({ token: sealed, secret: secret.reveal(), salt: SALT });
    return schema.parse(token?.refusal);
  } catch {
    return null;
  }
}
