import { expect, test } from 'vitest';
import { addressOf } from './addresses';

test.each([
  ['compute', 'https://nova:8774', 'https://nova:8774/v2.1'],
  ['compute', 'https://nova:8774/', 'https://nova:8774/v2.1'],
  ['compute', 'https://nova:8774/v2.1', 'https://nova:8774/v2.1'],
  ['compute', 'https://nova:8774/v2.1/p1', 'https://nova:8774/v2.1'],
  ['compute', 'https://nova:8774/v2/p1', 'https://nova:8774/v2.1'],
  ['compute', 'https://cloud/compute/v2.1/', 'https://cloud/compute/v2.1'],
  ['network', 'https://neutron:9696', 'https://neutron:9696/v2.0'],
  ['network', 'https://neutron:9696/v2.0/', 'https://neutron:9696/v2.0'],
  ['network', 'https://cloud/networking', 'https://cloud/networking/v2.0'],
  ['image', 'https://glance', 'https://glance/v2'],
  ['image', 'https://glance/v1', 'https://glance/v2'],
  ['image', 'https://cloud/image/v2/', 'https://cloud/image/v2'],
  ['block-storage', 'https://cinder/v3/p1', 'https://cinder/v3/p1'],
  ['block-storage', 'https://cinder/v3', 'https://cinder/v3/p1'],
  ['block-storage', 'https://cinder/v2/p1', 'https://cinder/v3/p1'],
  ['block-storage', 'https://cloud/volume', 'https://cloud/volume/v3/p1'],
  ['reservation', 'https://blazar:1234/v1', 'https://blazar:1234/v1'],
  ['reservation', 'https://blazar:1234', 'https://blazar:1234/v1'],
])('%s at %s is at %s', (service, url, base) => {
  expect(addressOf(service, url, 'p1').base).toBe(base);
});

test('the version document lies above the project', () => {
  expect(addressOf('block-storage', 'https://cinder/v3/p1', 'p1')).toMatchObject({ root: 'https://cinder/v3/', major: 'v3' });
});
