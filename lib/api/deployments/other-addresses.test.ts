import { expect, test } from 'vitest';
import { otherAddresses } from './other-addresses';

test.each<[what: string, listed: unknown, expected: string[]]>([
  ['nothing beside what is known', ['10.0.0.5', '192.0.2.7'], []],
  ['a second stack', ['10.0.0.5', '2001:db8::5', '192.0.2.7'], ['2001:db8::5']],
  ['a second subnet, told twice', ['10.1.0.5', '10.0.0.5', '10.1.0.5'], ['10.1.0.5']],
  ['what is no address', ['<b>', 7, null, '10.0.0.0/8', 'fe80::1%eth0'], []],
  ['a server that is not there yet', undefined, []],
])('of a machine: %s', (_what, listed, expected) => {
  expect(otherAddresses(listed, ['10.0.0.5', '192.0.2.7'])).toEqual(expected);
});
