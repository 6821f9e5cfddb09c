import { describe, expect, it } from 'vitest';
import { type Reason, reasonOf } from './reasons';

const said = (message: string, status = 500, signedInBy?: string) =>
  reasonOf({ upstream: { service: 'reservation', status, message } }, signedInBy);

describe('the reason of a refusal', () => {
  it.each<[string, Reason, string?]>([
    ['Not enough hosts available', 'no-host-free', 'reservations'],
    ['Not enough resources available with query {…}', 'no-host-free', 'reservations'],
    ['Not enough floating IPs available', 'no-address-free', 'reservations'],
    ['Not enough networks available', 'no-network-free', 'reservations'],
    ['Lease duration of 691200 seconds must be less than or equal to the maximum lease duration of 604800 seconds.', 'too-long', 'end'],
    ['Lease can only be extended within 172800 seconds of the leases current end time.', 'too-early', 'end'],
    ['Reservation for project CHI-123 would spend 336.00 SUs, only 12.00 left', 'balance', 'end'],
    ['Reservation for user X would spend 5 SUs, only 1 left in user budget', 'user-budget', 'end'],
    ['Cannot create a lease beyond Chameleon project expiration date. Please ask your PI…', 'project-over', 'end'],
    ['Wrong number of ongoing charges for reservation x', 'charges'],
    ['External service enforcement filter denied the request.', 'site-rule'],
    ['BlazarDBNotFound: A database error occurred', 'unknown-property', 'reservations'],
    ["Malformed requirements ['or', ['=', '$a', 'b']]", 'bad-conditions', 'reservations'],
    ['Malformed parameter min and max (must be greater than or equal to 1)', 'bad-count', 'reservations'],
    ['Invalid values for min/max of hosts. Max must be equal to or larger than min.', 'bad-count', 'reservations'],
    ['Terminated leases can only be renamed', 'not-changeable'],
    ['Cannot modify the start date of already started leases', 'not-changeable'],
    ['An active reservation only accepts to update amount.', 'not-changeable'],
    ["Updating leases for 'flavor:instance' type reservations is not yet supported.", 'not-changeable'],
    ['The network resource type is not supported', 'not-leased', 'reservations'],
    ['Start date must be later than current date', 'bad-date', 'start'],
    ['End date must be later than start date.', 'bad-date', 'end'],
    ['Datetime is out of lease limits', 'bad-date', 'end'],
    ['x is an invalid date. Required format: %Y-%m-%d %H:%M', 'bad-date'],
    ['Missing parameter name, start_date', 'bad-reservation', 'reservations'],
    ['Missing parameter reservation ID', 'bad-reservation', 'reservations'],
    ['Affinity not supported yet', 'bad-reservation', 'reservations'],
    ['Servers [a] found for host b', 'servers-there'],
    ['Invalid lease status.', 'busy'],
    ["Policy doesn't allow blazar:leases:get to be performed", 'not-allowed'],
    ["Object with {'lease_id': 'x'} not found", 'not-found'],
    ['Internal Server Error', 'other'],
    ['', 'other'],
  ])('“%s” is %s', (message, reason, field) => {
    expect(said(message)).toMatchObject(field === undefined ? { reason } : { reason, field });
    if (field === undefined) expect(said(message)).not.toHaveProperty('field');
  });

  it('has the numbers that are named', () => {
    expect(
      said('Lease duration of 691200 seconds must be less than or equal to the maximum lease duration of 604800 seconds.').seconds,
    ).toEqual([691_200, 604_800]);
    expect(said('Not enough hosts available')).not.toHaveProperty('seconds');
    expect(said('Reservation for project CHI-123 would spend 336.00 SUs, only 84.00 left').affordable).toBe(0.25);
    expect(said('Reservation for project CHI-123 would spend 336 SUs, only 900 left').affordable).toBe(1);
    expect(said('Reservation would spend 0 SUs, only 9 left')).not.toHaveProperty('affordable');
    expect(said('Reservation would spend too much')).not.toHaveProperty('affordable');
  });

  it('is that an application credential can’t give a trust only where there is one, and nothing else is said', () => {
    expect(said('Internal Server Error', 500, 'applicationCredential')).toEqual({ reason: 'no-trust', field: 'credential' });
    expect(said('Internal Server Error', 500, 'password').reason).toBe('other');
    expect(said('Internal Server Error', 503, 'applicationCredential').reason).toBe('other');
    expect(said('Not enough hosts available', 500, 'applicationCredential').reason).toBe('no-host-free');
    expect(reasonOf({}, 'applicationCredential').reason).toBe('other');
  });
});
