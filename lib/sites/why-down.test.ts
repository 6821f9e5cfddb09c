import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { checkAccess } from './access';
import { plainSite } from './testing/site';
import type { Site } from './types';

const clock = new ManualClock(new Date('2026-11-22T12:00:00Z'));
const site = plainSite({ name: 'Cloud of Toledo' });
const downtime = { start: '2026-11-22T08:00:00.000Z', end: '2026-11-22T20:00:00.000Z', severity: 'outage' as const, description: 'Move' };
const way = {
  credential: 'c',
  auth: async () => ({ kind: 'password', user: { name: '', domain: '' }, password: new Secret('x') }) as const,
};
const failing = (code: 'site-unreachable' | 'credential-expired') => async (about: Partial<Site>) => {
  const tried = async () => {
    throw new AppError({ code, title: 'It failed', detail: 'Nothing listens there.', remedy: 'Try again.' });
  };
  return (await checkAccess({ ...site, ...about }, [way], tried, 1000, clock)).reason;
};
const down = failing('site-unreachable');

test('a site that announced it is down is not said to have a fault', async () => {
  expect(await down({ downtimes: [downtime] })).toMatchObject({
    code: 'site-unreachable',
    title: 'Cloud of Toledo is down, as it announced',
    detail: 'Cloud of Toledo announced that it is down until 2026-11-22 20:00 UTC: Move.',
    cause: 'Nothing listens there.',
    remedy: expect.stringContaining('wait until then'),
  });
});

test('one that has left its directory is said to have', async () => {
  expect(await down({ goneSince: '2026-11-20T10:00:00.000Z' })).toMatchObject({
    detail: 'Its directory has not listed Cloud of Toledo since 2026-11-20, and it does not answer.',
    cause: 'Nothing listens there.',
  });
});

test('a downtime to come, or past, explains nothing, and none explains a credential that has ended', async () => {
  const plain = { title: 'It failed', detail: 'Nothing listens there.' };
  for (const [start, end] of [
    ['2026-11-23T08:00:00.000Z', '2026-11-23T20:00:00.000Z'],
    ['2026-11-21T08:00:00.000Z', '2026-11-21T20:00:00.000Z'],
  ] as const) {
    expect(await down({ downtimes: [{ ...downtime, start, end }] })).toMatchObject(plain);
  }
  expect(await failing('credential-expired')({ downtimes: [downtime] })).toMatchObject({ ...plain, code: 'credential-expired' });
});
