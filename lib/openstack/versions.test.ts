import { expect, test } from 'vitest';
import { chooseVersion, readOffer, versionHeaders } from './versions';

test.each([
  ['a newer site', '2.79', { min: '2.1', max: '2.93' }, '2.79'],
  ['an older site', '2.79', { min: '2.1', max: '2.60' }, '2.60'],
  ['digits are numbers, not texts', '2.79', { min: '2.1', max: '2.100' }, '2.79'],
  ['a site that starts later', '2.79', { min: '2.90', max: '2.96' }, undefined],
  ['a site without microversions', '2.79', { min: '', max: '' }, undefined],
  ['a site that tells nothing', '2.79', undefined, undefined],
])('%s', (_name, wanted, offer, chosen) => {
  expect(chooseVersion(wanted, offer)).toBe(chosen);
});

test('reads the documents of Nova and of Cinder', () => {
  const nova = { version: { id: 'v2.1', version: '2.93', min_version: '2.1' } };
  const cinder = {
    versions: [
      { id: 'v2.0', version: '' },
      { id: 'v3.0', version: '3.70', min_version: '3.0' },
    ],
  };
  expect(readOffer(nova, 'v2.1')).toEqual({ min: '2.1', max: '2.93' });
  expect(readOffer(cinder, 'v3')).toEqual({ min: '3.0', max: '3.70' });
  expect(readOffer(nova, 'v3')).toBeUndefined();
  expect(readOffer('<html>', 'v3')).toBeUndefined();
});

test('old Novas are asked by their own header', () => {
  expect(versionHeaders('compute', '2.79')).toEqual({ 'openstack-api-version': 'compute 2.79' });
  expect(versionHeaders('compute', '2.20')).toEqual({ 'x-openstack-nova-api-version': '2.20' });
  expect(versionHeaders('volume', '3.5')).toEqual({ 'openstack-api-version': 'volume 3.5' });
  expect(versionHeaders('compute', undefined)).toEqual({});
});
