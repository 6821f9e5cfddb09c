import { describe, expect, test } from 'vitest';
import type { ErrorCode, Problem } from '@/lib/core/errors';
import type { Found } from '../kinds';
import type { Resource } from '../ledger/ledger';
import { standingLedger, withResource } from '../testing/rows';
import {
  deadlinePassed,
  isLasting,
  leaseIsFull,
  mayBeWithOurs,
  partsUnseen,
  serverError,
  stays,
  stoppedOutside,
  troubled,
  vanished,
} from './problems';

const problem = (code: ErrorCode, status?: number): Problem => ({
  code,
  title: 'T',
  detail: 'It said so.',
  ...(status !== undefined && { upstream: { service: 'compute', status, message: '' } }),
});
function resource(key: string, change: Partial<Resource> = {}): Resource {
  const found = withResource(standingLedger(), key, change).resources.find((each) => each.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}
const seen = (about: Partial<Found> = {}): Found => ({
  id: 'i',
  name: 'n',
  state: 'error',
  observed: { status: 'ERROR' },
  parts: [],
  ...about,
});

describe('what a site refused', () => {
  test.each<[ErrorCode, number | undefined, boolean]>([
    ['credential-invalid', undefined, true],
    ['credential-expired', undefined, true],
    ['credential-missing', undefined, true],
    ['session-expired', undefined, true],
    ['vo-not-mapped', undefined, true],
    ['protocol-unsupported', undefined, true],
    ['identity-provider-unknown', undefined, true],
    ['project-not-yours', undefined, true],
    ['site-tls-untrusted', undefined, true],
    ['site-address-refused', undefined, true],
    ['site-catalog-incomplete', undefined, true],
    ['quota-exceeded', 403, true],
    ['security-groups-refused', undefined, true],
    ['zone-mismatch', undefined, true],
    ['zone-not-found', undefined, true],
    ['image-not-found', undefined, true],
    ['flavor-not-found', undefined, true],
    ['network-not-found', undefined, true],
    ['no-host-available', undefined, true],
    ['forbidden', undefined, true],
    ['not-found', undefined, true],
    ['invalid-input', undefined, true],
    ['upstream-refused', 400, true],
    ['upstream-refused', undefined, true],
    ['upstream-refused', 404, false],
    ['upstream-refused', 409, false],
    ['upstream-failed', 500, false],
    ['site-unreachable', undefined, false],
    ['rate-limited', 429, false],
    ['internal', undefined, false],
  ])('%s with the status %s: no waiting mends it, %s', (code, status, lasting) => expect(isLasting(problem(code, status))).toBe(lasting));

  test.each<[ErrorCode, number | undefined, boolean]>([
    ['upstream-refused', 409, true],
    ['conflict', 409, true],
    ['upstream-refused', 400, false],
    ['upstream-refused', undefined, false],
    ['quota-exceeded', 409, false],
    ['addresses-exhausted', 409, false],
    ['network-unreachable', 409, false],
    ['no-host-available', 409, false],
    ['zone-mismatch', 409, false],
  ])('%s with the status %s may be because an earlier try made it: %s', (code, status, maybe) =>
    expect(mayBeWithOurs(problem(code, status))).toBe(maybe),
  );
});

describe('what took too long', () => {
  test('tells the state that was seen last', () => {
    expect(deadlinePassed(resource('server-front'), seen({ observed: { status: 'BUILD' } }))).toEqual({
      code: 'deadline-passed',
      title: 'The server front took too long',
      detail: 'The server front did not become ready in its time at lab. Its state was BUILD when last seen.',
      cause: 'The site is slow or busy, or the request got stuck there.',
      remedy: 'Retry. If it happens again, choose another flavor or site, or ask the site’s support.',
    });
  });

  test('tells what was wrong before, where no state was seen', () => {
    const before = { ...problem('upstream-failed', 500), cause: 'A storm.' };
    const said = deadlinePassed(resource('volume', { problem: before, siteName: 'The Lab' }), seen({ observed: { status: 7 } }));
    expect(said).toMatchObject({
      detail: 'The volume did not become ready in its time at The Lab. It said so.',
      cause: 'A storm.',
      upstream: before.upstream,
    });
    expect(deadlinePassed(resource('volume'), undefined).detail).toBe('The volume did not become ready in its time at lab.');
  });

  test('to go is named by its id, with what was wrong before', () => {
    expect(stays(resource('volume'))).toEqual({
      code: 'deadline-passed',
      title: 'The volume could not be deleted',
      detail: 'lab still lists the volume (id-volume).',
      cause: 'The site did not carry out the deletion, or something outside of this deployment uses it.',
      remedy: 'Delete the deployment again. If it stays, delete it in the site’s own dashboard or ask the site’s support, naming this id.',
    });
    const before = { ...problem('conflict', 409), cause: 'In use.' };
    expect(stays(resource('volume', { cloud_id: null, problem: before }))).toMatchObject({
      detail: 'lab still lists the volume (no id). It said so.',
      cause: 'In use.',
      upstream: before.upstream,
    });
  });
});

describe('a server in an error', () => {
  test.each([
    ['No Valid Host was found', 1, '1 try', 'No machine of the site had room for this flavor.'],
    ['A disk broke', 3, '3 tries', 'The site’s compute service reported a fault.'],
    [undefined, 2, '2 tries', 'The site’s compute service reported a fault.'],
  ])('says why: %s, after %d', (fault, tries, counted, cause) => {
    const said = fault ?? 'The site gave no reason.';
    expect(serverError(resource('server-front'), seen({ fault }), tries)).toEqual({
      code: 'server-error-state',
      title: 'The server front went into an error at lab',
      detail: `lab could not build the server front (${counted}): ${said}`,
      cause,
      remedy: 'Retry, or deploy again with another flavor or at another site.',
      upstream: { service: 'compute', message: said },
    });
  });

  test('that stands on a lease found no place there', () => {
    const spec = { ...resource('server-front').spec, lease: 'lease-front' } as Resource['spec'];
    const said = serverError(resource('server-front', { spec }), seen({ fault: 'No valid host was found' }), 1);
    expect(said).toMatchObject({
      code: 'no-host-available',
      title: 'The server front found no host of its lease at lab',
      detail: 'lab booted no server front on the lease: No valid host was found',
      remedy: 'Delete what else runs on the lease, or grow it; then retry.',
      upstream: { service: 'compute', message: 'No valid host was found' },
    });
    expect(serverError(resource('server-front', { spec }), seen({ fault: 'A disk broke' }), 1).code).toBe('server-error-state');
  });

  test('says what helps, where that is known', () => {
    expect(serverError(resource('volume'), seen({ fault: 'It ended.', remedy: 'Take another.' }), 1)).toEqual({
      code: 'server-error-state',
      title: 'The volume can’t be used at lab',
      detail: 'It ended.',
      remedy: 'Take another.',
      upstream: { service: 'block-storage', message: 'It ended.' },
    });
  });
});

test.each([
  [1, '1 place of'],
  [3, '3 places of'],
])('a lease with %d that is full says how many it has', (places, words) => {
  expect(leaseIsFull(places)).toMatchObject({
    code: 'no-host-available',
    detail: expect.stringContaining(`each of the ${words} the lease`),
  });
});

test('what is not as it should be says what, where and what helps', () => {
  expect(troubled(resource('volume'), { detail: 'A host is gone.', remedy: 'Ask.' })).toEqual({
    code: 'upstream-failed',
    title: 'The volume is not as it should be at lab',
    detail: 'A host is gone.',
    remedy: 'Ask.',
  });
  expect(vanished(resource('volume'))).toMatchObject({
    code: 'not-found',
    title: 'The volume is gone',
    detail: 'The volume (id-volume) is no longer in lab’s lists.',
  });
  expect(vanished(resource('volume', { cloud_id: null })).detail).toContain('(no id)');
  expect(stoppedOutside(resource('server-front'), seen({ observed: { status: 'SHUTOFF' } }))).toMatchObject({
    code: 'server-error-state',
    title: 'The server front is not running',
    detail: 'The server front is in the state SHUTOFF, but nobody stopped it here.',
  });
  expect(partsUnseen(resource('securityGroup'), ['a', 'b'])).toMatchObject({
    code: 'upstream-failed',
    title: 'The security group is not whole at lab',
    detail: 'lab took what belongs to the security group, and does not show it: a; b.',
  });
});
