import { expect, test } from 'vitest';
import { placesOf, wayBetween } from './places';

const cluster = (id: string, region: 'eu' | 'us' | 'other', site: string | null = null) => ({ id, name: id, region, site });

test('clusters stand on their shore, or where their site is; those of one place below each other', () => {
  const sites = [{ id: 'bari', lat: 41.1, lon: 16.9 }];
  const places = placesOf(
    [cluster('a', 'eu'), cluster('b', 'eu'), cluster('c', 'us'), cluster('d', 'eu', 'bari'), cluster('e', 'other')],
    sites,
  );
  const [a, b, c, d] = places;
  expect(places.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect([b?.x, (b?.y ?? 0) - (a?.y ?? 0)]).toEqual([a?.x, 26]);
  expect([(c?.x ?? 0) < 300, (d?.x ?? 0) > (a?.x ?? 0)]).toEqual([true, true]);
});

test('the way between them goes over the ocean; there is none from a place to itself', () => {
  const [eu, other, us] = placesOf([cluster('a', 'eu'), cluster('b', 'eu'), cluster('c', 'us')], []);
  if (!eu || !other || !us) throw new Error('three places');
  expect(wayBetween(eu, us)).toMatch(/^M\d/);
  expect(wayBetween(eu, other)).toBeNull();
});
