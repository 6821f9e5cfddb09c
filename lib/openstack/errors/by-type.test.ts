import { expect, test } from 'vitest';
import { about, answer, explains, fault, nova } from '../testing/refusals';
import type { Circumstance } from './circumstance';
import { explain } from './explain';

const neutron = (rest: Partial<Circumstance> = {}) => about({ service: 'network', ...rest });
const neutronError = (status: number, type: string, message: string) => answer(status, { NeutronError: { type, message, detail: '' } });

// the words of neutron_lib.exceptions, neutron.ipam.exceptions and nova.exception
explains([
  [
    'a network without an address',
    neutron(),
    neutronError(409, 'IpAddressGenerationFailure', 'No more IP addresses available on network 5e2.'),
    'addresses-exhausted',
    /All addresses .* are taken.*No more IP addresses available on network 5e2\. .*Release a public address/,
  ],
  [
    'a pool without an address, as releases before said it',
    neutron(),
    neutronError(400, 'ExternalIpAddressExhausted', 'Unable to find any IP address on external network 5e2.'),
    'addresses-exhausted',
    /Unable to find any IP address/,
  ],
  [
    'a subnet without an address, of a driver that names another class',
    neutron(),
    neutronError(409, 'Conflict', 'No more IP addresses available for subnet 77.'),
    'addresses-exhausted',
    /for subnet 77/,
  ],
  [
    'a network without an address, found by Nova',
    nova(),
    fault(400, 'badRequest', 'No fixed IP addresses available for network: 5e2'),
    'addresses-exhausted',
    /for network: 5e2/,
  ],
  [
    'a floating IP without a way',
    neutron(),
    neutronError(
      404,
      'ExternalGatewayForFloatingIPNotFound',
      'External network e is not reachable from subnet s.  Therefore, cannot associate Port p with a Floating IP.',
    ),
    'network-unreachable',
    /no router, or one that leads elsewhere.*Choose a network with a router/,
  ],
  [
    'an address that is taken',
    neutron(),
    neutronError(409, 'IpAddressAlreadyAllocated', 'IP address 10.0.0.5 already allocated in subnet s'),
    'port-in-use',
    /10\.0\.0\.5 already allocated/,
  ],
  ['a port that is taken', nova(), fault(409, 'conflictingRequest', 'Port p is still in use.'), 'port-in-use', /Port p is still in use/],
  [
    'a network without port security',
    neutron(),
    neutronError(
      400,
      'PortSecurityAndIPRequiredForSecurityGroups',
      'Port security must be enabled and port must have an IP address in order to use security groups.',
    ),
    'security-groups-refused',
    /Choose another network/,
  ],
  [
    'a volume in another zone',
    nova(),
    fault(
      400,
      'badRequest',
      'Invalid volume: Instance 1 and volume 2 are not in the same availability_zone. Instance is in a. Volume is in b',
    ),
    'zone-mismatch',
    /Instance is in a\. Volume is in b/,
  ],
  [
    'a zone that is closed',
    nova(),
    fault(400, 'badRequest', 'The requested availability zone is not available'),
    'zone-not-found',
    /no such availability zone/,
  ],
  [
    'a zone of another service',
    about({ service: 'block-storage' }),
    fault(400, 'badRequest', "Availability zone 'az9' is invalid."),
    'zone-not-found',
    /'az9'/,
  ],
  [
    'rules beyond the quota, refused as a group',
    neutron(),
    neutronError(409, 'OverQuota', "Quota exceeded for resources: ['security_group_rule']."),
    'quota-exceeded',
    /security group rules/,
  ],
  ['ports beyond the quota, found by Nova', nova(), fault(403, 'forbidden', 'Maximum number of ports exceeded'), 'quota-exceeded', /ports/],
  [
    'groups or rules beyond the quota, found by Nova',
    nova(),
    fault(403, 'forbidden', 'Maximum number of security groups or rules exceeded'),
    'quota-exceeded',
    /groups or rules/,
  ],
]);

test('what is deleted while something holds it is in the way for now, not taken', () => {
  const refusal = neutronError(
    409,
    'PortInUse',
    'Unable to complete operation on port p for network n. Port already has an attached device.',
  );
  expect(explain(neutron({ method: 'DELETE' }), refusal, new Date()).code).toBe('conflict');
});
