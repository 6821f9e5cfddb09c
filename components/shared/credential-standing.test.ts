import { describe, expect, it } from 'vitest';
import type { Credential } from '@/lib/api/contract/credentials';
import { credentialStanding, endingCredentials } from './credential-standing';

const now = Date.parse('2026-06-01T00:00:00Z');
const good = { problem: null, expiresAt: null, checkedAt: '2026-05-31T00:00:00Z' };

describe('a credential', () => {
  it.each([
    ['works', {}],
    ['untried', { checkedAt: null }],
    ['soon', { expiresAt: '2026-06-14T23:59:59Z' }],
    ['works', { expiresAt: '2026-06-15T00:00:00Z' }],
    ['soon', { expiresAt: '2026-06-04T00:00:00Z' }],
    ['verySoon', { expiresAt: '2026-06-03T23:59:59Z' }],
    ['expired', { expiresAt: '2026-05-31T23:59:59Z' }],
    ['refused', { problem: { code: 'credential-invalid' as const, title: 'x', detail: 'x' } }],
    ['expired', { expiresAt: '2026-05-01T00:00:00Z', problem: { code: 'credential-expired' as const, title: 'x', detail: 'x' } }],
  ])('is said to be %s with %o', (word, over) => expect(credentialStanding({ ...good, ...over }, now).word).toBe(word));
});

it('a sign-in that opened its site works, though it was never tried by itself', () => {
  expect(credentialStanding({ ...good, checkedAt: null }, now, true).word).toBe('works');
  const problem = { code: 'vo-not-mapped' as const, title: 'x', detail: 'x' };
  expect(credentialStanding({ ...good, checkedAt: null, problem }, now, true).word).toBe('refused');
});

it('those that end are found, the ended first', () => {
  const one = (id: string, expiresAt: string | null): Credential => ({
    ...good,
    id,
    expiresAt,
    kind: 'applicationCredential',
    site: 's',
    name: id,
    project: null,
    shown: {},
    checks: null,
    made: false,
    createdAt: null,
    deployments: 0,
    usedBy: [],
    leases: [],
  });
  const all = [
    one('soon', '2026-06-10T00:00:00Z'),
    one('never', null),
    one('past', '2026-05-01T00:00:00Z'),
    one('far', '2026-08-01T00:00:00Z'),
  ];
  expect(endingCredentials(all, now).map(({ credential }) => credential.id)).toEqual(['past', 'soon']);
});
