import { describe, expect, it } from 'vitest';
import { bodyOf, draftOfLink, draftOfRequest, lasting, lengthOf, missingIn, startingAt, suggestName } from './lease-draft';

const now = Date.UTC(2026, 10, 27, 19, 30, 20);
const HOUR = 3_600_000;
const draft = (address: string) => {
  const query = new URLSearchParams(address);
  return draftOfLink((name) => query.get(name) ?? '', now);
};
const tomorrow = 'site=uc&type=gpu&count=2&start=2026-11-28T08:00:00.000Z&end=2026-11-28T14:00:00.000Z';

describe('the form of a lease', () => {
  it.each([
    ['site=uc', { what: 'kind', count: 1, start: 'now', end: '2026-11-28T01:30:00.000Z' }],
    [tomorrow, { what: 'kind', nodeType: 'gpu', count: 2, start: '2026-11-28T08:00:00.000Z', end: '2026-11-28T14:00:00.000Z' }],
    ['site=uc&hosts=a,b&type=gpu', { what: 'hosts', hosts: ['a', 'b'] }],
    ['site=kvm&flavor=m1.large&count=3', { what: 'flavor', flavor: 'm1.large', count: 3 }],
    // found as “now” a moment ago
    ['site=uc&start=2026-11-27T19:32:00.000Z&end=2026-11-28T01:32:00.000Z', { start: 'now', end: '2026-11-28T01:32:00.000Z' }],
    ['site=uc&start=nonsense&end=2026-11-01T00:00:00Z&count=-4', { start: 'now', count: 1, end: '2026-11-27T19:31:00.000Z' }],
  ])('with “%s” begins with %j', (address, begun) => {
    expect(draft(address)).toMatchObject(begun);
  });

  it('asks for what it holds', () => {
    expect(bodyOf(draft(tomorrow), 'suggested', 'Europe/Madrid')).toEqual({
      site: 'uc',
      name: 'suggested',
      start: '2026-11-28T08:00:00.000Z',
      end: '2026-11-28T14:00:00.000Z',
      zone: 'Europe/Madrid',
      reservations: [{ kind: 'physical:host', count: 2, nodeType: 'gpu' }],
    });
    const more = {
      ...draft('site=uc&hosts=a,b'),
      name: ' mine ',
      addresses: 1,
      addressNetwork: 'public',
      network: 'lan',
      extendUntil: '2026-12-01T00:00:00Z',
    };
    expect(bodyOf(more, 'suggested', 'UTC')).toMatchObject({
      name: 'mine',
      extendUntil: '2026-12-01T00:00:00Z',
      reservations: [
        { kind: 'physical:host', hosts: ['a', 'b'] },
        { kind: 'virtual:floatingip', network: 'public', count: 1 },
        { kind: 'network', name: 'lan' },
      ],
    });
  });

  it('keeps its length when it begins at another time, and its start when it lasts longer', () => {
    const moved = startingAt(draft(tomorrow), '2026-12-01T10:00:00.000Z', now);
    expect(moved.end).toBe('2026-12-01T16:00:00.000Z');
    expect(lengthOf(lasting(moved, 24, now), now)).toBe(24 * HOUR);
    expect(startingAt(moved, 'now', now)).toMatchObject({ start: 'now', end: '2026-11-28T01:30:00.000Z' });
    expect(startingAt(moved, '', now)).toMatchObject({ start: '', end: moved.end });
  });

  it.each([
    ['', 'site'],
    ['site=uc', null],
    ['site=kvm&flavor=m1', null],
  ])('with “%s” lacks %s', (address, lacks) => {
    expect(missingIn(draft(address))).toBe(lacks);
  });

  it('lacks hosts or a flavor where it is to name them', () => {
    expect(missingIn({ ...draft('site=uc'), what: 'hosts' })).toBe('what');
    expect(missingIn({ ...draft('site=uc'), what: 'flavor' })).toBe('what');
    expect(missingIn({ ...draft('site=uc'), end: '' })).toBe('end');
  });

  it('takes what could be had instead, and keeps the rest', () => {
    const first = { ...draft(tomorrow), name: 'mine' };
    const request = { ...bodyOf(first, '', 'UTC'), site: 'tacc', start: '2026-11-29T08:00:00Z', end: '2026-11-29T14:00:00Z' };
    const other = draftOfRequest(first, { ...request, reservations: [{ kind: 'physical:host', count: 1, nodeType: 'gpu_b' }] });
    expect(other).toMatchObject({ site: 'tacc', start: '2026-11-29T08:00:00Z', nodeType: 'gpu_b', count: 1, name: 'mine', what: 'kind' });
    const flavor = draftOfRequest(first, { ...request, reservations: [{ kind: 'flavor:instance', flavor: 'm2', count: 5 }] });
    expect(flavor).toMatchObject({ what: 'flavor', flavor: 'm2', count: 5 });
  });

  it('suggests a name that is not taken and not too long', () => {
    const first = draft(tomorrow);
    expect(suggestName(first, '28 Nov', [])).toBe('2 gpu 28 Nov');
    expect(suggestName(first, '28 Nov', ['2 gpu 28 Nov', '2 gpu 28 Nov 2'])).toBe('2 gpu 28 Nov 3');
    expect(suggestName({ ...first, nodeType: 'x'.repeat(200) }, '28 Nov', []).length).toBeLessThanOrEqual(80);
  });
});
