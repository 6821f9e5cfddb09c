import { about, answer, explains, GENERIC, nova } from '../testing/refusals';
import type { Circumstance } from './circumstance';

const KEYSTONE = { 'www-authenticate': 'Keystone uri="http://k:5000/v3"' };
const APACHE = '<!DOCTYPE HTML><html><head><title>401 Unauthorized</title></head><body><h1>Unauthorized</h1></body></html>';
const signIn = (rest: Partial<Circumstance> = {}) => about({ purpose: 'sign-in', protocol: 'openid', identityProvider: 'egi.eu', ...rest });

explains([
  [
    'an expired or garbage access token',
    signIn(),
    answer(401, APACHE, {
      'www-authenticate': 'Bearer error="invalid_token", error_description="Reference token could not be introspected"',
    }),
    'credential-expired',
    /could not be introspected/,
  ],
  [
    'no access token',
    signIn(),
    answer(401, APACHE, { 'www-authenticate': 'Bearer error="invalid_request"' }),
    'credential-expired',
    /Sign in again/,
  ],
  ['a token refused by HTML alone', signIn(), answer(401, APACHE), 'credential-expired', /Sign in again/],
  ['a membership that the site does not map', signIn(), answer(401, GENERIC, KEYSTONE), 'vo-not-mapped', /join a VO/],
  [
    'a protocol of another name',
    signIn(),
    answer(
      401,
      {
        error: {
          code: 401,
          message: 'Attempted to authenticate with an unsupported method.',
          identity: { methods: ['password', 'openid'] },
        },
      },
      KEYSTONE,
    ),
    'protocol-unsupported',
    /“openid”/,
  ],
  [
    'an identity provider that the site does not know',
    signIn(),
    answer(404, { error: { code: 404, message: 'Could not find Identity Provider: nope.' } }),
    'identity-provider-unknown',
    /Could not find Identity Provider: nope/,
  ],
  [
    'a site without federation',
    signIn(),
    answer(404, '<html><title>404 Not Found</title></html>'),
    'identity-provider-unknown',
    /no federated login/,
  ],
  ['a project that is not one’s own', signIn({ purpose: 'scope' }), answer(401, GENERIC, KEYSTONE), 'project-not-yours', /no role in it/],
  ['a wrong password', signIn({ signedInBy: 'password' }), answer(401, GENERIC, KEYSTONE), 'credential-invalid', /password is wrong/],
  [
    'a password that has expired',
    signIn({ signedInBy: 'password' }),
    answer(401, { error: { message: 'The password is expired and needs to be changed for user: u1.' } }),
    'credential-expired',
    /new password/,
  ],
  [
    'a wrong secret of an application credential',
    signIn({ signedInBy: 'applicationCredential' }),
    answer(401, GENERIC, KEYSTONE),
    'credential-invalid',
    /secret is wrong/,
  ],
  [
    'a deleted application credential',
    signIn({ signedInBy: 'applicationCredential' }),
    answer(404, { error: { code: 404, message: 'Could not find Application Credential: nope.' } }),
    'credential-invalid',
    /was deleted/,
  ],
  [
    'a scope beside an application credential',
    signIn({ signedInBy: 'applicationCredential' }),
    answer(401, {
      error: { message: 'Error authenticating with application credential: Application credentials cannot request a scope.' },
    }),
    'internal',
    /fault of Transat/,
  ],
  [
    'a malformed request for a token',
    signIn({ signedInBy: 'password' }),
    answer(400, { error: { message: "Invalid input for field 'identity'" } }),
    'internal',
    /fault of Transat/,
  ],
  [
    'the catalogue with an unscoped token',
    about({ method: 'GET' }),
    answer(403, { error: { code: 403, message: 'You are not authorized to perform the requested action.', title: 'Forbidden' } }),
    'internal',
    /without naming one/,
  ],
  [
    'an action without the role for it',
    about({ method: 'GET' }),
    answer(403, { error: { message: 'You are not authorized to perform the requested action: identity:list_users.' } }),
    'upstream-refused',
    /identity:list_users.*“member”/,
  ],
  ['a token that was revoked', nova({ method: 'GET' }), answer(401, GENERIC, KEYSTONE), 'credential-expired', /revoked/],
  [
    'a site where federated roles are forgotten at once',
    about({ purpose: 'make-credential' }),
    answer(400, { error: { message: 'Invalid application credential: Could not find role assignment with role: r, user or group: u.' } }),
    'upstream-refused',
    /default_authorization_ttl/,
  ],
  [
    'a restricted credential that would make another',
    about({ purpose: 'make-credential' }),
    answer(403, {
      error: { message: "Using method 'application_credential' is not allowed for managing additional application credentials." },
    }),
    'upstream-refused',
    /unrestricted/,
  ],
  [
    'too many application credentials',
    about({ purpose: 'make-credential' }),
    answer(403, { error: { message: 'Unable to create additional application credentials, maximum of 3 already exceeded for user.' } }),
    'quota-exceeded',
    /maximum of 3/,
  ],
  [
    'a name that is taken',
    about({ purpose: 'make-credential' }),
    answer(409, { error: { message: 'Conflict occurred: Duplicate entry.' } }),
    'conflict',
    /Duplicate/,
  ],
]);
