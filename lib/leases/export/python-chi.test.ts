import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlazarRequest, BlazarReservation } from '../blazar/requests';
import { inHours } from '../testing/site';
import type { Condition } from '../types';
import { pythonSnippet } from './python-chi';

const request = (reservations: BlazarReservation[], over: Partial<BlazarRequest> = {}): BlazarRequest => ({
  name: 'testbed',
  start: inHours(20),
  end: inHours(26),
  reservations,
  ...over,
});
const type: Condition = { name: 'node_type', op: '=', value: 'gpu_k80' };
const nodes = (max: number, where: Condition[], min = max): BlazarReservation => ({ kind: 'physical:host', min, max, where });
const line = (reservation: BlazarReservation) =>
  pythonSnippet(request([reservation]), { site: 'CHI@UC' })
    .split('\n')
    .at(-3);

describe('a lease in Python', () => {
  it('is a whole cell of a notebook', () => {
    expect(pythonSnippet(request([nodes(2, [type])]), { site: 'CHI@UC', project: 'CHI-1' })).toBe(
      `from datetime import datetime
from chi import context, lease

context.use_site("CHI@UC")
context.use_project("CHI-1")

# times are UTC
my_lease = lease.Lease(
    "testbed",
    start_date=datetime(2026, 11, 22, 8, 0),
    end_date=datetime(2026, 11, 22, 14, 0),
)
my_lease.add_node_reservation(amount=2, node_type="gpu_k80")
my_lease.submit(idempotent=True, wait_for_active=False)
`,
    );
    const now = pythonSnippet(request([], { start: 'now' }), { site: 'CHI@UC' });
    expect(now).not.toMatch(/start_date|use_project/);
    expect(now).toContain('my_lease.submit(idempotent=True)\n');
  });

  it.each<[string, BlazarReservation, string]>([
    [
      'one node by its name',
      nodes(1, [{ name: 'node_name', op: '=', value: 'c01-1' }]),
      'my_lease.add_node_reservation(amount=1, node_name="c01-1")',
    ],
    [
      'nodes by several conditions',
      nodes(2, [type, { name: 'uid', op: '!=', value: 'x' }]),
      'my_lease.node_reservations.append({"resource_type":"physical:host","min":2,"max":2,"hypervisor_properties":"","resource_properties":"[\\"and\\",[\\"=\\",\\"$node_type\\",\\"gpu_k80\\"],[\\"!=\\",\\"$uid\\",\\"x\\"]]"})',
    ],
    [
      'any nodes',
      nodes(2, []),
      'my_lease.node_reservations.append({"resource_type":"physical:host","min":2,"max":2,"hypervisor_properties":"","resource_properties":""})',
    ],
    [
      'a few nodes',
      nodes(3, [type], 2),
      'my_lease.node_reservations.append({"resource_type":"physical:host","min":2,"max":3,"hypervisor_properties":"","resource_properties":"[\\"=\\",\\"$node_type\\",\\"gpu_k80\\"]"})',
    ],
    [
      'nodes of other types',
      nodes(1, [{ ...type, op: '!=' }]),
      'my_lease.node_reservations.append({"resource_type":"physical:host","min":1,"max":1,"hypervisor_properties":"","resource_properties":"[\\"!=\\",\\"$node_type\\",\\"gpu_k80\\"]"})',
    ],
    ['machines', { kind: 'flavor:instance', flavorId: 'f', amount: 3 }, 'my_lease.add_flavor_reservation(id="f", amount=3)'],
    [
      'machines of a size',
      { kind: 'virtual:instance', amount: 3, vcpus: 1, ramMiB: 2, diskGiB: 0 },
      'my_lease.flavor_reservations.append({"resource_type":"virtual:instance","amount":3,"vcpus":1,"memory_mb":2,"disk_gb":0,"affinity":"None","resource_properties":""})',
    ],
    ['floating IPs', { kind: 'virtual:floatingip', networkId: 'n', amount: 2 }, 'my_lease.add_fip_reservation(amount=2)'],
    [
      'certain ones',
      { kind: 'virtual:floatingip', networkId: 'n', amount: 2, addresses: ['192.0.2.1'] },
      'my_lease.fip_reservations.append({"resource_type":"virtual:floatingip","network_id":"n","amount":2,"required_floatingips":["192.0.2.1"]})',
    ],
    [
      'a network',
      { kind: 'network', name: 'net', where: [] },
      'my_lease.network_reservations.append({"resource_type":"network","network_name":"net","network_description":"","network_properties":"","resource_properties":""})',
    ],
  ])('%s', (_name, reservation, python) => {
    expect(line(reservation)).toBe(python);
  });

  it('has the same lines whatever people named: nothing of it becomes code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        const text = pythonSnippet(request([nodes(1, [{ ...type, value }]), { kind: 'network', name, where: [] }], { name }), {
          site: name,
          project: value,
        });
        expect(text.split('\n')).toHaveLength(16);
        expect(text).toContain(`    ${JSON.stringify(name)},\n`);
        expect(text).toContain(`node_type=${JSON.stringify(value)})\n`);
      }),
    );
  });
});
