import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, draftOfLink, draftOfRequest, type LeaseDraft, linkOf, missingIn, suggestName } from './lease-draft';

const now = Date.UTC(2026, 10, 27, 19, 30, 20);
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

  it.each<[string, Partial<LeaseDraft>]>([
    ['of a type', {}],
    ['of just these hosts, in a project', { what: 'hosts', hosts: ['a', 'b'], project: 'p', credential: 'c' }],
    ['of a flavor', { what: 'flavor', flavor: 'm1.large', nodeType: '', count: 7 }],
    [
      'with floating IPs, a network, a name, and extended by itself',
      { addresses: 3, addressNetwork: 'public', network: 'lan', name: 'mine', extendUntil: '2026-12-24T08:00:00.000Z' },
    ],
    ['with floating IPs of a network that is still to be chosen', { addresses: 2 }],
  ])('is the same after a sign-in: %s', (_what, filled) => {
    const before = { ...draft(tomorrow), ...filled };
    expect(draft(linkOf(before).split('?')[1] ?? '')).toEqual(before);
  });

  it('is kept from no address, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('site', 'start', 'end', 'count', 'addresses', 'extendUntil', 'hosts'), fc.string()),
        (given) => {
          const begun = draftOfLink((name) => given[name] ?? '', now);
          expect(Date.parse(begun.end)).toBeGreaterThan(now);
          expect(linkOf(begun)).toContain('/leases/new?');
        },
      ),
    );
    expect(draft('end=%2B275760-09-13T00:00:00Z').end).toBe('2026-11-28T01:30:00.000Z');
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

  it('never leaves out floating IPs that were chosen: without their network it can’t be sent', () => {
    const chosen = { ...draft('site=uc'), addresses: 2 };
    expect(missingIn(chosen)).toBe('addressNetwork');
    expect(bodyOf({ ...chosen, addressNetwork: 'public' }, '', 'UTC').reservations).toContainEqual({
      kind: 'virtual:floatingip',
      network: 'public',
      count: 2,
    });
  });

  it('takes what could be had instead, and keeps the rest', () => {
    const first = { ...draft(tomorrow), name: 'mine' };
    const request = { ...bodyOf(first, '', 'UTC'), site: 'tacc', start: '2026-11-29T08:00:00Z', end: '2026-11-29T14:00:00Z' };
    const other = draftOfRequest(first, { ...request, reservations: [{ kind: 'physical:host', count: 1, nodeType: 'gpu_b' }] });
    expect(other).toMatchObject({ site: 'tacc', start: '2026-11-29T08:00:00Z', nodeType: 'gpu_b', count: 1, name: 'mine', what: 'kind' });
    const flavor = draftOfRequest(first, { ...request, reservations: [{ kind: 'flavor:instance', flavor: 'm2', count: 5 }] });
    expect(flavor).toMatchObject({ what: 'flavor', flavor: 'm2', count: 5, addresses: 0 });
    const addresses = { kind: 'virtual:floatingip', network: 'public-of-tacc', count: 2 } as const;
    expect(
      draftOfRequest(
        { ...first, addresses: 2, addressNetwork: 'public' },
        { ...request, reservations: [...request.reservations, addresses] },
      ),
    ).toMatchObject({
      addresses: 2,
      addressNetwork: 'public-of-tacc',
    });
  });

  it('suggests a name that is not taken and not too long', () => {
    const first = draft(tomorrow);
    expect(suggestName(first, '28 Nov', [])).toBe('2 gpu 28 Nov');
    expect(suggestName(first, '28 Nov', ['2 gpu 28 Nov', '2 gpu 28 Nov 2'])).toBe('2 gpu 28 Nov 3');
    expect(suggestName({ ...first, nodeType: 'x'.repeat(200) }, '28 Nov', []).length).toBeLessThanOrEqual(80);
  });
});
