import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import type { ProviderConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { tidyText } from '@/lib/core/text';
import { signInAgain } from '../grants/sign-in-again';

const MOST_WORDS = 300;

type Named = Pick<ProviderConfig, 'id' | 'name' | 'issuer'>;

/** What a provider said against something (RFC 6749, 4.1.2.1 and 5.2), fit to be shown. */
export interface Refusal {
  error: string;
  description?: string;
  status?: number;
}

/** What the operator, or the person, can do about a refusal, by its code. */
const remedies: Record<string, string> = {
  invalid_client:
    'The operator must compare `clientId`, `clientSecret` and `clientAuth` of this provider in the configuration with the client’s registration.',
  unauthorized_client:
    'The operator must compare `clientSecret` with the client’s registration at the provider, and allow this grant there (authorization code, refresh token, device flow).',
  invalid_scope: 'The operator must take the scopes that the provider does not know out of `scopes` in the configuration.',
  invalid_request: 'The operator must compare the client’s registration (redirect address, PKCE) at the provider with docs/operators.md.',
  redirect_uri_mismatch: 'The operator must register the redirect address of Transat at the provider, letter by letter.',
  unsupported_response_type: 'The operator must allow the authorization code flow in the client’s registration at the provider.',
  access_denied: 'Sign in again and agree, or ask the provider’s support why it does not let you in.',
  login_required: 'Sign in again.',
  consent_required: 'Sign in again and agree to what is asked.',
  invalid_grant: 'It took too long, or the page was reloaded. Sign in again.',
  temporarily_unavailable: 'Try again in a minute.',
  server_error: 'Try again in a minute. If it stays, the provider’s operators must be told.',
};

/** The error for a provider that refuses. @param doing what Transat wanted, to read after "did not let Transat" */
export function refusedBy(provider: Named, { error, description, status }: Refusal, doing: string): AppError {
  const said = words([error, description].filter(Boolean).join(': '));
  return new AppError({
    code: status !== undefined && (status >= 500 || status === 429) ? 'upstream-failed' : 'upstream-refused',
    title: `${provider.name} refused`,
    detail: `The sign-in provider at ${provider.issuer} did not let Transat ${doing}. It said: “${said}”.`,
    remedy: remedies[error] ?? 'Try again. If it stays, the operator should look up these words in the provider’s documentation.',
    upstream: { service: 'openid', status, message: said },
  });
}

/** The error for an answer that is none, or none to be believed. */
export function notUnderstood(provider: Named, what: string, status?: number): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: `${provider.name} answered with something else`,
    detail: `The sign-in provider at ${provider.issuer} gave an answer that can’t be used${status === undefined ? '' : ` (status ${status})`}. ${what}`,
    remedy: 'Try again. If it stays, the operator should check the provider’s settings in Transat’s configuration.',
    upstream: { service: 'openid', status, message: words(what) },
  });
}

/**
 * Explains what went wrong in a call of the OpenID client.
 * @param doing what Transat wanted, to read after "did not let Transat"
 */
export function explain(error: unknown, provider: Named, doing: string): AppError {
  const known = appErrorIn(error);
  if (known) return unanswered.has(known.code) ? noAnswer(provider, known) : known;
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    const status = error instanceof ResponseBodyError ? error.status : undefined;
    return refusedBy(provider, { error: error.error, description: error.error_description, status }, doing);
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    const { error: code, error_description } = error.cause[0]?.parameters ?? {};
    if (error.status === 401 && code !== 'invalid_client') return signInAgain(provider);
    return refusedBy(provider, { error: code ?? `status ${error.status}`, description: error_description, status: error.status }, doing);
  }
  const status = statusIn(error);
  return notUnderstood(provider, reasonOf(error), status);
}

/** What the door says of a way that leads to no answer. */
const unanswered = new Set(['site-unreachable', 'site-tls-untrusted', 'site-address-refused', 'deadline-passed']);

function noAnswer(provider: Named, { code, cause, detail, upstream }: AppError): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: `${provider.name} does not answer`,
    detail: `The sign-in provider at ${provider.issuer} gave no answer. ${detail}`,
    cause,
    remedy:
      code === 'site-tls-untrusted'
        ? 'The operator must name the certificate of the provider’s authority as `caFile` in the configuration.'
        : 'Try again in a minute. If it stays, its operators must be told.',
    upstream: { message: code, ...upstream, service: 'openid' },
  });
}

// what the door threw, however deeply the client has wrapped it
function appErrorIn(error: unknown): AppError | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof AppError) return inner;
  }
  return undefined;
}

/** The status of the answer that an error of the client is about. */
export function statusIn(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof WWWAuthenticateChallengeError) return error.status;
  return error.cause instanceof Response ? error.cause.status : statusIn(error.cause);
}

// The client's own words name claims and what was expected of them; tokens are never part of them.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It can’t be read.';
  const inner = error instanceof ClientError && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return words(`${error.message}${inner}`);
}

const words = (text: string) => tidyText(text).replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
