import { expect, test } from 'vitest';
import { type CatalogEntry, findUrl, regionOf, requireUrl, servicesIn } from './catalog';

const endpoint = (region: string, url: string, face = 'public') => ({ interface: face, region, url });
const catalog: CatalogEntry[] = [
  {
    type: 'compute',
    endpoints: [endpoint('R1', 'https://inside/1', 'internal'), endpoint('R1', 'https://nova/1'), endpoint('R2', 'https://nova/2')],
  },
  { type: 'volumev2', endpoints: [endpoint('R1', 'https://cinder/v2')] },
  { type: 'volumev3', endpoints: [endpoint('R1', 'https://cinder/v3')] },
  { type: 'network', endpoints: [endpoint('R1', 'not an address')] },
  { type: 'reservation', endpoints: [endpoint('R1', 'https://blazar', 'internal')] },
];
const refused = (words: RegExp) => expect.objectContaining({ code: 'site-catalog-incomplete', detail: expect.stringMatching(words) });

test('the public address of the region is chosen', () => {
  expect(findUrl(catalog, 'compute', 'R1')).toBe('https://nova/1');
  expect(findUrl(catalog, 'compute', 'R2')).toBe('https://nova/2');
  expect(findUrl(catalog, 'reservation', 'R1')).toBeUndefined();
});

test('block storage goes by many names, of which the newest is taken', () => {
  expect(findUrl(catalog, 'block-storage', 'R1')).toBe('https://cinder/v3');
  expect(findUrl([{ type: 'block-storage', endpoints: [endpoint('R1', 'https://new')] }, ...catalog], 'block-storage', 'R1')).toBe(
    'https://new',
  );
});

test('services are listed by their official names, those without a public address are not', () => {
  expect(servicesIn(catalog, 'R1')).toEqual(['block-storage', 'compute', 'network']);
});

test('a service that is not there, or whose address is none, is named', () => {
  expect(() => requireUrl(catalog, 'image', 'R1', 'lab')).toThrow(refused(/no public address of the service “image” in the region R1/));
  expect(() => requireUrl(catalog, 'network', 'R1', 'lab')).toThrow(refused(/no usable address/));
});

test('a single region needs no choice; several do, and are named', () => {
  expect(regionOf(catalog.slice(1), undefined, 'lab')).toBe('R1');
  expect(regionOf([], undefined, 'lab')).toBeUndefined();
  expect(regionOf(catalog, 'R2', 'lab')).toBe('R2');
  expect(() => regionOf(catalog, undefined, 'lab')).toThrow(refused(/R1, R2/));
  expect(() => regionOf(catalog, 'R3', 'lab')).toThrow(refused(/R1, R2, but not R3/));
});
