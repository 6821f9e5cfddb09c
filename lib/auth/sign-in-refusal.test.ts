import { expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { refusedBy } from '@/lib/credentials';
import { refusalOf } from './sign-in-refusal';

const provider = { id: 'p', name: 'P', issuer: 'https://op.test' };

test.each<[string, string | undefined, string]>([
  ['access_denied', undefined, 'declined'],
  ['consent_required', undefined, 'declined'],
  ['invalid_client', 'Client authentication failed', 'client'],
  ['unauthorized_client', 'Invalid client or Invalid client credentials', 'client'],
  ['unauthorized_client', 'Client is not allowed to initiate browser login', 'grant'],
  ['invalid_scope', 'Invalid scopes: openid x', 'scope'],
  ['invalid_request', 'Missing parameter: code_challenge_method', 'request'],
  ['invalid_grant', 'Code not valid', 'late'],
  ['temporarily_unavailable', undefined, 'unanswered'],
  ['something_new', 'of this provider', 'refused'],
])('%s (%s) means: %s', (error, description, reason) => {
  const said = [error, description].filter(Boolean).join(': ');
  expect(refusalOf(refusedBy(provider, { error, description, status: 400 }, 'sign you in'), provider)).toEqual({
    reason,
    provider: 'P',
    said,
  });
});

test.each<[string, number | undefined, string]>([
  ['ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9', undefined, 'unanswered'],
  ['TIMEOUT: The operation was aborted due to timeout', undefined, 'unanswered'],
  ['SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate', undefined, 'certificate'],
  ['unexpected JWT claim value encountered', undefined, 'unreadable'],
  ['unexpected HTTP response status code', 404, 'unreadable'],
])('no answer that can be used, by “%s”: %s', (message, status, reason) => {
  const error = new AppError({ code: 'upstream-failed', title: 't', upstream: { service: 'openid', status, message } });
  expect(refusalOf(error, provider)).toMatchObject({ reason });
});
