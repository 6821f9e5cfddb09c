import { describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { GroupMembership } from '@/lib/store/schema';
import { Memberships } from './memberships';

const groups: GroupMembership[] = [{ vo: 'vo.lab.eu', subgroups: [] }];
const hour = 3600_000;

function world(answer: () => Promise<GroupMembership[] | undefined>) {
  const clock = new ManualClock(new Date('2026-11-27T12:00:00Z'));
  const asked: string[] = [];
  const readMemberships = async (userId: string) => {
    asked.push(userId);
    return await answer();
  };
  // of a room's grants only this is asked
  const credentials = { grants: { readMemberships } } as unknown as ConstructorParameters<typeof Memberships>[0];
  const person = (age: number | null) => ({
    id: 'ann',
    provider: 'op',
    groups: [{ vo: 'old', subgroups: [] }],
    groups_at: age === null ? null : new Date(clock.now().getTime() - age),
  });
  return { clock, asked, person, memberships: new Memberships(credentials, clock) };
}

describe('what is known of a person’s groups', () => {
  test('is believed for an hour, and read again then', async () => {
    const { memberships, person, asked } = world(async () => groups);
    expect((await memberships.of(person(hour - 1))).groups).toEqual([{ vo: 'old', subgroups: [] }]);
    expect(asked).toEqual([]);
    expect((await memberships.of(person(hour))).groups).toEqual(groups);
    expect((await memberships.of(person(null))).groups).toEqual(groups);
    expect(asked).toHaveLength(2);
  });

  test('is asked once, however many wait for it', async () => {
    const { memberships, person, asked } = world(async () => groups);
    await Promise.all([1, 2, 3].map(() => memberships.of(person(null))));
    expect(asked).toHaveLength(1);
  });

  test('is nothing while the provider does not tell, which is asked again after a while', async () => {
    const { clock, memberships, person, asked } = world(async () => {
      throw new AppError({ code: 'upstream-failed', title: 'no answer' });
    });
    expect(await memberships.of(person(hour))).toMatchObject({ groups: [], problem: { code: 'upstream-failed' } });
    await memberships.of(person(hour));
    expect(asked).toHaveLength(1);
    clock.advance(31_000);
    await memberships.of(person(hour));
    expect(asked).toHaveLength(2);
  });

  test('is nothing where no token tells of groups', async () => {
    const { memberships, person } = world(async () => undefined);
    expect(await memberships.of(person(hour))).toMatchObject({ groups: [], problem: { code: 'session-expired' } });
  });
});
