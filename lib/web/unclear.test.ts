import { describe, expect, test } from 'vitest';
import { explain } from '@/lib/openstack/errors/explain';
import { about, answer, blazar, blazarError, cinder, fault, nova, now } from '@/lib/openstack/testing/refusals';
import { isUnclear } from './unclear';

describe('what is unclear', () => {
  test.each([
    ['a fault after a create', nova(), answer(500, ''), true],
    ['a proxy’s time-out after a create', nova(), answer(504, ''), true],
    ['a proxy’s time-out after a delete', nova({ method: 'DELETE' }), answer(504, ''), true],
    ['a fault while reading', nova({ method: 'GET' }), answer(500, ''), false],
    ['a refusal', nova(), answer(403, ''), false],
    ['a quota', cinder(), fault(413, 'overLimit', 'Maximum number of volumes allowed (10) exceeded'), false],
    ['no free host, although Blazar calls it a fault', blazar(), blazarError(500, 'Not enough hosts available'), false],
    ['a fault while signing in', about({ purpose: 'sign-in', signedInBy: 'password' }), answer(503, ''), false],
  ])('%s', (_name, circumstance, reply, unclear) => {
    expect(isUnclear(explain(circumstance, reply, now))).toBe(unclear);
  });
});
