import { describe, expect, it } from 'vitest';
import { credentialStanding } from './credential-standing';

const now = Date.parse('2026-06-01T00:00:00Z');
const good = { problem: null, expiresAt: null, checkedAt: '2026-05-31T00:00:00Z' };

describe('a credential', () => {
  it.each([
    ['works', {}],
    ['untried', { checkedAt: null }],
    ['soon', { expiresAt: '2026-06-10T00:00:00Z' }],
    ['works', { expiresAt: '2026-07-10T00:00:00Z' }],
    ['expired', { expiresAt: '2026-05-31T23:59:59Z' }],
    ['refused', { problem: { code: 'credential-invalid', title: 'x', detail: 'x' } }],
    ['expired', { expiresAt: '2026-05-01T00:00:00Z', problem: { code: 'credential-expired', title: 'x', detail: 'x' } }],
  ])('is said to be %s with %o', (word, over) => expect(credentialStanding({ ...good, ...over }, now).word).toBe(word));
});
