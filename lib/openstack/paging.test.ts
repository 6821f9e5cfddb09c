import { expect, test } from 'vitest';
import { markerAfter } from './paging';

const items = [{ id: 'a' }, { id: 'b' }];

test.each([
  ['the last page', { servers: items }, undefined],
  ['Nova’s link', { servers: items, servers_links: [{ rel: 'next', href: 'http://inside:8774/servers?limit=2&marker=m' }] }, 'm'],
  ['only a link back', { servers: items, servers_links: [{ rel: 'previous', href: '/servers?marker=m' }] }, undefined],
  ['Glance’s link', { servers: items, next: '/v2/images?marker=m&limit=2' }, 'm'],
  ['a link without a marker', { servers: items, next: '/v2/images' }, 'b'],
  ['an empty page that says there is more', { servers: [], next: '/v2/images?marker=m' }, undefined],
])('%s', (_name, body, marker) => {
  expect(markerAfter(body, 'servers')?.marker).toBe(marker);
});

test('what is no list is not taken for an empty one', () => {
  for (const body of [{}, { servers: null }, { servers: 'x' }, undefined, 'text', []]) expect(markerAfter(body, 'servers')).toBeUndefined();
});
