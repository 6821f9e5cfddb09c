import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/core/errors';
import { explain, notUnderstood, refusedBy, statusIn } from './refusals';

const provider = { id: 'p', name: 'The Provider', issuer: 'https://id.example.org' };
const answer = (status: number) => new Response(null, { status });

describe('a provider that refuses', () => {
  test.each<[error: string, remedy: string]>([
    ['invalid_client', '`clientId`, `clientSecret` and `clientAuth`'],
    ['unauthorized_client', 'allow this grant there'],
    ['invalid_scope', '`scopes` in the configuration'],
    ['invalid_request', 'redirect address, PKCE'],
    ['redirect_uri_mismatch', 'letter by letter'],
    ['unsupported_response_type', 'allow the authorization code flow'],
    ['access_denied', 'Sign in again and agree, or ask'],
    ['login_required', 'Sign in again.'],
    ['consent_required', 'agree to what is asked'],
    ['invalid_grant', 'It took too long'],
    ['temporarily_unavailable', 'Try again in a minute.'],
    ['server_error', 'the provider’s operators must be told'],
    ['something_else', 'look up these words in the provider’s documentation'],
  ])('by %s says what can be done', (error, remedy) => {
    expect(refusedBy(provider, { error, description: 'why  not', status: 400 }, 'sign you in')).toMatchObject({
      code: 'upstream-refused',
      title: 'The Provider refused',
      detail: `The sign-in provider at https://id.example.org did not let Transat sign you in. It said: “${error}: why not”.`,
      remedy: expect.stringContaining(remedy),
      upstream: { service: 'openid', status: 400, message: `${error}: why not` },
    });
  });

  test.each<[number | undefined, ErrorCode]>([
    [undefined, 'upstream-refused'],
    [400, 'upstream-refused'],
    [499, 'upstream-refused'],
    [429, 'upstream-failed'],
    [500, 'upstream-failed'],
    [503, 'upstream-failed'],
  ])('with the status %s is %s', (status, code) => expect(refusedBy(provider, { error: 'e', status }, '').code).toBe(code));

  test('says no more than fits', () => {
    const { upstream } = refusedBy(provider, { error: 'e', description: 'x'.repeat(1000) }, '');
    expect(upstream?.message).toHaveLength(300);
    expect(refusedBy(provider, { error: 'e' }, '').upstream?.message).toBe('e');
  });
});

describe('a provider that can’t be understood', () => {
  test.each<[unknown, string, number | undefined]>([
    [new Error('no issuer'), 'no issuer', undefined],
    [new Error('no issuer', { cause: answer(502) }), 'no issuer', 502],
    [new Error('outer', { cause: new Error('inner', { cause: answer(404) }) }), 'outer', 404],
    ['a text', 'It can’t be read.', undefined],
  ])('is told with the reason: %s', (error, reason, status) => {
    expect(statusIn(error)).toBe(status);
    expect(explain(error, provider, 'sign you in')).toMatchObject({
      code: 'upstream-failed',
      title: 'The Provider answered with something else',
      detail: `The sign-in provider at https://id.example.org gave an answer that can’t be used${status === undefined ? '' : ` (status ${status})`}. ${reason}`,
      upstream: { service: 'openid', status, message: reason },
    });
  });

  test('is told without a status where there is none', () => {
    expect(notUnderstood(provider, 'It is empty.').detail).toBe(
      'The sign-in provider at https://id.example.org gave an answer that can’t be used. It is empty.',
    );
  });

  test.each<[ErrorCode, string]>([
    ['site-unreachable', 'Try again in a minute. If it stays, its operators must be told.'],
    ['site-address-refused', 'Try again in a minute. If it stays, its operators must be told.'],
    ['deadline-passed', 'Try again in a minute. If it stays, its operators must be told.'],
    ['site-tls-untrusted', 'The operator must name the certificate of the provider’s authority as `caFile` in the configuration.'],
  ])('for it gives no answer (%s), is told so, however deep the reason lies', (code, remedy) => {
    const inner = new AppError({ code, title: 'T', detail: 'It hung up.' });
    expect(explain(new Error('outer', { cause: new Error('middle', { cause: inner }) }), provider, '')).toMatchObject({
      code: 'upstream-failed',
      title: 'The Provider does not answer',
      detail: 'The sign-in provider at https://id.example.org gave no answer. It hung up.',
      remedy,
      upstream: { service: 'openid', message: code },
    });
  });

  test('leaves what is known as it is', () => {
    const known = new AppError({ code: 'session-expired', title: 'T' });
    expect(explain(new Error('outer', { cause: known }), provider, '')).toBe(known);
  });
});

describe('an error of the client', () => {
  const said = { error: 'invalid_grant', error_description: 'too old' };
  const challenge = (status: number, parameters?: Record<string, string>) =>
    new WWWAuthenticateChallengeError('challenge', {
      cause: parameters ? [{ scheme: 'bearer', parameters }] : [],
      response: answer(status),
    });
  test.each<[string, Error, ErrorCode, number | undefined, string | undefined]>([
    ['a body', new ResponseBodyError('body', { cause: said, response: answer(400) }), 'upstream-refused', 400, 'invalid_grant: too old'],
    [
      'a body of a failure',
      new ResponseBodyError('body', { cause: said, response: answer(503) }),
      'upstream-failed',
      503,
      'invalid_grant: too old',
    ],
    [
      'the way back',
      new AuthorizationResponseError('back', { cause: new URLSearchParams(said) }),
      'upstream-refused',
      undefined,
      'invalid_grant: too old',
    ],
    ['a challenge against the token', challenge(401, { error: 'invalid_token' }), 'session-expired', undefined, undefined],
    ['a challenge without a word', challenge(401), 'session-expired', undefined, undefined],
    [
      'a challenge against the client',
      challenge(401, { error: 'invalid_client', error_description: 'who' }),
      'upstream-refused',
      401,
      'invalid_client: who',
    ],
    ['a challenge of another status', challenge(403, { error: 'insufficient_scope' }), 'upstream-refused', 403, 'insufficient_scope'],
    ['one without a code', challenge(403), 'upstream-refused', 403, 'status 403'],
  ])('is told by what it says: %s', (_, error, code, status, message) => {
    const told = explain(error, provider, 'sign you in');
    expect(told.code).toBe(code);
    expect([told.upstream?.status, told.upstream?.message]).toEqual([status, message]);
  });
});
