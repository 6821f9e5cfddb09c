import { describe, expect, it } from 'vitest';
import { host, hosts, hours, inHours, lease, NOW } from '../testing/site';
import type { Lease, Reservation } from '../types';
import { healthOf } from './health';

const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: 'r1',
  kind: 'physical:host',
  status: 'active',
  min: 2,
  max: 3,
  ...over,
});
const site = { name: 'CHI', hosts: [...hosts(1, 3), host('4', 'x', {}, { reservable: false })] };
const find = (over: Partial<Lease> = {}, now = NOW) =>
  healthOf(lease({ hosts: ['1', '2'], reservations: [reservation()], ...over }), site, now).map(
    ({ what, severity, reservation: r, host: h }) => [what, severity, ...(r ? [r] : []), ...(h ? [h] : [])],
  );

describe('the health of a lease', () => {
  it.each<[string, Partial<Lease>, unknown[]]>([
    ['in order', {}, []],
    [
      'a host failed, and nothing took its place',
      { degraded: true, reservations: [reservation({ missing: true })] },
      [['host-missing', 'error', 'r1']],
    ],
    ['a host was exchanged', { degraded: true, reservations: [reservation({ changed: true })] }, [['host-exchanged', 'warning', 'r1']]],
    ['both', { degraded: true, reservations: [reservation({ missing: true, changed: true })] }, [['host-missing', 'error', 'r1']]],
    ['degraded once, and in order again', { degraded: true }, [['was-degraded', 'note']]],
    ['with fewer hosts than were asked for', { hosts: ['1'] }, [['too-few-hosts', 'error', 'r1']]],
    [
      'with none any more, and degraded',
      { hosts: [], degraded: true },
      [
        ['too-few-hosts', 'error', 'r1'],
        ['was-degraded', 'note'],
      ],
    ],
    ['with fewer at its end than at most', { hosts: ['1', '2'] }, []],
    ['with hosts that nobody tells', { hosts: undefined }, []],
    ['with hosts of two reservations', { hosts: ['1'], reservations: [reservation({ min: 1 }), reservation({ id: 'r2' })] }, []],
    ['with no number that was asked for', { hosts: ['1'], reservations: [reservation({ min: undefined })] }, []],
    ['of machines', { hosts: [], reservations: [reservation({ kind: 'flavor:instance' })] }, []],
    ['not begun, without hosts yet', { status: 'PENDING', ...hours(1, 5), hosts: [] }, []],
    ['a reservation failed', { reservations: [reservation({ status: 'error' })] }, [['broken', 'error', 'r1']]],
    ['broken', { status: 'ERROR' }, [['broken', 'error']]],
    ['broken, by its reservation', { status: 'ERROR', reservations: [reservation({ status: 'error' })] }, [['broken', 'error']]],
    ['a host was taken out of service', { hosts: ['1', '4'] }, [['host-out-of-service', 'warning', 'uid-4']]],
    ['… before it begins', { status: 'PENDING', ...hours(1, 5), hosts: ['1', '4'] }, [['host-out-of-service', 'warning', 'uid-4']]],
    ['… after it was over', { status: 'TERMINATED', hosts: ['1', '4'] }, []],
    ['late to begin', { status: 'PENDING', ...hours(-0.2, 5) }, [['late-start', 'warning']]],
    ['late while it starts', { status: 'STARTING', ...hours(-0.2, 5) }, [['late-start', 'warning']]],
    ['starting in time', { status: 'STARTING', ...hours(-0.1, 5) }, []],
    ['starting just in time', { status: 'STARTING', ...hours(-1 / 6, 5) }, []],
    ['late to end', { end: inHours(-0.2) }, [['late-end', 'warning']]],
    ['late while it ends', { status: 'TERMINATING', end: inHours(-0.2) }, [['late-end', 'warning']]],
    ['ending in time', { status: 'TERMINATING', end: inHours(-0.1) }, []],
    ['ending just in time', { status: 'TERMINATING', end: inHours(-1 / 6) }, []],
    ['never begun, and over', { status: 'PENDING', ...hours(-3, -1) }, []],
  ])('%s', (_name, over, found) => {
    expect(find(over)).toEqual(found);
  });

  it('says what to do', () => {
    const remedies = healthOf(
      lease({ status: 'PENDING', ...hours(1, 5), hosts: ['4'], reservations: [reservation({ missing: true })] }),
      site,
      NOW,
    ).map(({ detail, remedy }) => `${detail} ${remedy}`);
    expect(remedies).toEqual([
      'A host of this lease failed, and CHI has no other in its place. Grow the lease by a host, or make a new one; servers that were on the host are lost.',
      'The host c01-4 was taken out of service. Exchange the host before the lease begins.',
    ]);
    expect(healthOf(lease({ hosts: ['4'] }), site, NOW)[0]?.remedy).toContain('deploy again');
    expect(healthOf(lease({ hosts: ['1'], reservations: [reservation()] }), { ...site, hosts: null }, NOW)[0]?.detail).toBe(
      'The lease has 1 of the 2 hosts that were asked for.',
    );
  });
});
