import { HOUR } from '../calendar/moments';
import type { Host, Lease, LeaseSite, Moment, Span } from '../types';

/** Saturday, the 21st of November 2026, noon. */
export const NOW: Moment = Date.UTC(2026, 10, 21, 12);
export const inHours = (hours: number): Moment => NOW + hours * HOUR;
export const hours = (start: number, end: number): Span => ({ start: inHours(start), end: inHours(end) });

/** A host with Chameleon's properties. */
export function host(id: string, nodeType = 'compute_skylake', properties: Record<string, string> = {}, over: Partial<Host> = {}): Host {
  const uid = `uid-${id}`;
  const name = `c01-${id}`;
  return {
    id,
    uid,
    name,
    nodeType,
    reservable: true,
    properties: { uid, node_name: name, node_type: nodeType, ...properties },
    ...over,
  };
}

export const hosts = (from: number, to: number, nodeType?: string, properties?: Record<string, string>): Host[] =>
  Array.from({ length: to - from + 1 }, (_, index) => host(String(from + index), nodeType, properties));

/** A bare-metal site of which nothing special is known; tests change what they are about. */
export function leaseSite(over: Partial<LeaseSite> = {}): LeaseSite {
  return {
    id: 'chi',
    name: 'CHI@Test',
    rules: {},
    kinds: ['physical:host', 'virtual:floatingip', 'network'],
    hosts: [],
    taken: new Map(),
    flavors: [],
    networks: [],
    leases: [],
    ...over,
  };
}

/** A lease that runs, for a day around now. */
export function lease(over: Partial<Lease> = {}): Lease {
  return {
    id: 'lease-1',
    name: 'mine',
    status: 'ACTIVE',
    ...hours(-12, 12),
    degraded: false,
    reservations: [{ id: 'r1', kind: 'physical:host', status: 'active', min: 1, max: 1 }],
    hosts: ['1'],
    ...over,
  };
}
