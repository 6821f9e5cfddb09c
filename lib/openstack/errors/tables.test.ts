import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/core/errors';
import { explainFailure } from '@/lib/web/failures';
import { checkUrl } from '@/lib/web/guard';
import { waitBeforeRetry } from '@/lib/web/retry';
import type { Reply } from '@/lib/web/testing/http-server';
import { requireUrl } from '../keystone/catalog';
import { CloudSession } from '../keystone/session';
import { Service } from '../service';
import { about, answer, cinder, fault, GENERIC, nova, now } from '../testing/refusals';
import { smallCloud } from '../testing/small-cloud';
import type { Circumstance } from './circumstance';
import { explain } from './explain';

// All that a cloud can refuse, side by side: each situation has its own code or its own words, and what to do now.

type Row = [situation: string, error: () => AppError, code: ErrorCode];
const said = (situation: string, circumstance: Circumstance, reply: ReturnType<typeof answer>, code: ErrorCode): Row => [
  situation,
  () => explain({ ...circumstance, site: 'Lab' }, reply, now),
  code,
];
const thrown = (situation: string, act: () => unknown, code: ErrorCode): Row => [situation, () => caught(act), code];
function caught(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const APACHE = '<!DOCTYPE HTML><html><head><title>401 Unauthorized</title></head></html>';
const BEARER = { 'www-authenticate': 'Bearer error="invalid_token", error_description="expired"' };
const KEYSTONE = { 'www-authenticate': 'Keystone uri="http://k:5000/v3"' };
const said401 = (message: string) => answer(401, { error: { code: 401, title: 'Unauthorized', message } }, KEYSTONE);
const signIn = (rest: Partial<Circumstance> = {}) => about({ purpose: 'sign-in', protocol: 'openid', identityProvider: 'egi.eu', ...rest });
const byCredential = signIn({ signedInBy: 'applicationCredential' });
const to = { kind: 'site' as const, site: 'Lab', service: 'identity', host: 'keystone.example.org:5000', requestId: 'req-1' };
const failed = (code: string) => () => explainFailure(Object.assign(new Error('told by the machine'), { code }), to, 20);
const catalog = [{ type: 'compute', endpoints: [{ interface: 'public', region: 'R1', url: 'not a URL' }] }];

const signingIn: Row[] = [
  said('an access token that is no good', signIn(), answer(401, APACHE, BEARER), 'credential-expired'),
  said('a VO that is not mapped', signIn(), answer(401, GENERIC, KEYSTONE), 'vo-not-mapped'),
  said('a protocol of another name', signIn(), said401('Attempted to authenticate with an unsupported method.'), 'protocol-unsupported'),
  said(
    'an identity provider of another name',
    signIn(),
    answer(404, { error: { message: 'Could not find Identity Provider: nope.' } }),
    'identity-provider-unknown',
  ),
  said('a project that is not yours', signIn({ purpose: 'scope' }), answer(401, GENERIC, KEYSTONE), 'project-not-yours'),
  said('a project that is not there', signIn({ purpose: 'scope' }), answer(404, { error: { message: 'No.' } }), 'project-not-yours'),
  said(
    'the catalogue by a token for no project',
    about({ method: 'GET' }),
    answer(403, { error: { message: 'You are not authorized to perform the requested action.' } }),
    'internal',
  ),
  said(
    'an action without the role for it',
    about({ method: 'GET' }),
    answer(403, { error: { message: 'You are not authorized to perform the requested action: identity:list_users.' } }),
    'upstream-refused',
  ),
  said('a malformed request', signIn(), answer(400, { error: { message: "Invalid input for field 'identity'" } }), 'internal'),
  said('a token that a service no longer takes', nova({ method: 'GET' }), answer(401, GENERIC, KEYSTONE), 'credential-expired'),
  said('a wrong password', signIn({ signedInBy: 'password' }), answer(401, GENERIC, KEYSTONE), 'credential-invalid'),
  said('a wrong secret', byCredential, answer(401, GENERIC, KEYSTONE), 'credential-invalid'),
  said(
    'a deleted application credential',
    byCredential,
    answer(404, { error: { message: 'Could not find Application Credential: x.' } }),
    'credential-invalid',
  ),
  said(
    'a scope that an application credential can’t ask for',
    byCredential,
    said401('Application credentials cannot request a scope.'),
    'internal',
  ),
  ['a certificate that nobody vouches for', failed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'site-tls-untrusted'],
  ['a host that is not there', failed('ENOTFOUND'), 'site-unreachable'],
  ['a port where nothing listens', failed('ECONNREFUSED'), 'site-unreachable'],
  ['a service that hangs', failed('UND_ERR_HEADERS_TIMEOUT'), 'site-unreachable'],
  ['an answer without an end', failed('UND_ERR_RES_EXCEEDED_MAX_SIZE'), 'upstream-failed'],
  thrown('a catalogue without the service', () => requireUrl([], 'compute', undefined, 'lab'), 'site-catalog-incomplete'),
  thrown('a catalogue with nonsense', () => requireUrl(catalog, 'compute', 'R1', 'lab'), 'site-catalog-incomplete'),
  thrown(
    'a catalogue that leads inside',
    () => checkUrl(new URL('https://10.0.0.1/'), { id: 'lab', kind: 'site', name: 'Lab' }),
    'site-address-refused',
  ),
  said('a catalogue that leads to a web page', nova({ method: 'GET' }), answer(404, '<html></html>'), 'site-catalog-incomplete'),
  said('a catalogue that leads elsewhere', nova({ method: 'GET' }), answer(302, '', { location: 'https://x' }), 'site-catalog-incomplete'),
];

const neutron = (rest: Partial<Circumstance> = {}) => about({ service: 'network', ...rest });
const neutronError = (status: number, type: string, message: string) => answer(status, { NeutronError: { type, message, detail: '' } });
const overLimit = (message: string, more = {}) => ({ overLimit: { code: 413, message, ...more } });
const making = about({ purpose: 'make-credential' });

const services: Row[] = [
  said(
    'Nova: over quota',
    nova(),
    fault(403, 'forbidden', 'Quota exceeded for cores: Requested 8, but already used 18 of 20 cores'),
    'quota-exceeded',
  ),
  said('Nova: no right', nova(), fault(403, 'forbidden', "Policy doesn't allow os_compute_api:servers:create."), 'upstream-refused'),
  said('Nova: busy', nova(), fault(409, 'conflictingRequest', "Cannot 'stop' instance i while it is in task_state deleting"), 'conflict'),
  said('Nova: too often, 413', nova(), answer(413, overLimit('rate-limited', { retryAfter: '7' })), 'site-rate-limited'),
  said('Nova: too often, 429', nova(), answer(429, { overLimit: { code: 429, message: 'rate-limited' } }), 'site-rate-limited'),
  said('Neutron: over quota', neutron(), neutronError(409, 'OverQuota', "Quota exceeded for resources: ['port']."), 'quota-exceeded'),
  said('Neutron: over quota, in other words', neutron(), neutronError(409, 'OverQuota', 'No more of these.'), 'quota-exceeded'),
  said(
    'Neutron: an address in use',
    neutron(),
    neutronError(409, 'IpAddressInUse', 'Unable to complete: 10.0.0.5 is in use.'),
    'port-in-use',
  ),
  said(
    'Neutron: a subnet in use',
    neutron({ method: 'DELETE' }),
    neutronError(409, 'SubnetInUse', 'One or more ports have an IP allocation.'),
    'conflict',
  ),
  said(
    'Cinder: over quota of size',
    cinder(),
    answer(
      413,
      overLimit(
        'VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 5G, quota is 4G and 1G has been consumed.',
      ),
      { 'retry-after': '0' },
    ),
    'quota-exceeded',
  ),
  said(
    'Cinder: larger than any volume may be',
    cinder(),
    answer(413, overLimit('VolumeSizeExceedsLimit: Requested volume size 5000 is larger than maximum allowed limit 1000.'), {
      'retry-after': '0',
    }),
    'quota-exceeded',
  ),
  said(
    'Cinder: a state',
    cinder({ method: 'DELETE' }),
    fault(400, 'badRequest', 'Invalid volume: Volume status must be available'),
    'conflict',
  ),
  said('Cinder: a conflict', cinder(), fault(409, 'conflictingRequest', 'Volume is being migrated.'), 'conflict'),
  said('Glance: over quota', about({ service: 'image' }), answer(413, '<html><title>413 Too Large</title></html>'), 'quota-exceeded'),
  said('Glance: a conflict', about({ service: 'image' }), answer(409, '<html><title>409 Conflict</title></html>'), 'conflict'),
  said(
    'Placement: a race',
    about({ service: 'placement' }),
    answer(409, { errors: [{ status: 409, title: 'Conflict', detail: 'generation conflict', code: 'placement.concurrent_update' }] }),
    'conflict',
  ),
  said(
    'Keystone: over quota',
    making,
    answer(403, { error: { message: 'Unable to create additional application credentials, maximum of 3 already exceeded for user.' } }),
    'quota-exceeded',
  ),
  said('Keystone: a name that is taken', making, answer(409, { error: { message: 'Conflict occurred: Duplicate entry.' } }), 'conflict'),
];

describe.each([
  ['what Keystone refuses', signingIn],
  ['what the services refuse', services],
])('%s', (_name, rows) => {
  test.each(rows)('%s', (_situation, explained, code) => {
    const error = explained();
    expect(error.code).toBe(code);
    const { title, detail, cause = '', remedy = '' } = error;
    for (const text of [title, detail]) expect(text).toMatch(/^\p{Lu}/u);
    expect(`${title} ${detail} ${cause} ${remedy}`).not.toMatch(/undefined|null|NaN|\[object|[{}]|<\w/);
    for (const text of [detail, cause, remedy]) if (text !== '') expect(text).toMatch(/[.…]$/);
    expect(remedy).not.toBe('');
  });
});

test('no two situations of a sign-in are told in the same words', () => {
  // Keystone itself answers alike for a project that is not yours and one that is not there; what is our own fault is all one
  const told = signingIn
    .filter(([situation, , code]) => situation !== 'a project that is not there' && code !== 'internal')
    .map(([, explained]) => {
      const { title, detail, cause } = explained();
      return [title, detail, cause].join(' | ');
    });
  expect(new Set(told).size).toBe(told.length);
});

test('what is over quota is never asked again, what is asked too often is, and when, as the service says', async () => {
  for (const [status, retryAfter, wait] of [
    [413, '0', null],
    [403, undefined, null],
    [409, undefined, null],
    [429, '3', 3000],
    [503, '60', 60_000],
    [503, '61', null],
  ] as const) {
    expect(waitBeforeRetry({ status, retryAfter }, true, 1, now, 0)).toBe(wait);
  }
  const over: Reply = {
    status: 413,
    headers: { 'retry-after': '0' },
    json: overLimit('VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded'),
  };
  const small = await smallCloud({ 'POST /volume/v3/p1/volumes': over, 'GET /volume/v3/': { json: { versions: [] } } });
  onTestFinished(() => small.close());
  const service = new Service(new CloudSession(small.endpoint, small.auth, 'p1'), 'block-storage');
  const asked = service.ask(z.unknown(), { method: 'POST', path: '/volumes', body: {} });
  await expect(asked).rejects.toMatchObject({ code: 'quota-exceeded' });
  expect(small.seen.filter(({ url }) => url.endsWith('/volumes'))).toHaveLength(1);
});

test('a service’s own word for when to come again is heard also where it stands in the body', () => {
  expect(explain(nova(), answer(413, overLimit('rate-limited', { retryAfter: '7' })), now).remedy).toContain('7 s');
  expect(explain(nova(), answer(413, overLimit('rate-limited', { retryAfter: 8 })), now).remedy).toContain('8 s');
});
