import { expect, test } from 'vitest';
import { readFault } from './fault';

test.each([
  ['Keystone', { error: { code: 404, message: 'Could not find user.', title: 'Not Found' } }, 'Could not find user.', 'error'],
  ['Nova', { conflictingRequest: { code: 409, message: 'busy' } }, 'busy', 'conflictingRequest'],
  ['Neutron', { NeutronError: { type: 'PortNotFound', message: 'gone', detail: '' } }, 'gone', 'PortNotFound'],
  ['Octavia', { faultcode: 'Client', faultstring: 'gone', debuginfo: null }, 'gone', 'Client'],
  ['old Neutron', { NeutronError: 'gone' }, 'gone', undefined],
  ['Blazar', { error_code: 400, error_message: 'no', error_name: 400 }, 'no', undefined],
  ['Placement', { errors: [{ detail: 'conflict', code: 'placement.x' }] }, 'conflict', 'placement.x'],
  ['a plain error', { error: 'nope' }, 'nope', undefined],
  ['a plain message', { message: 'nope' }, 'nope', undefined],
  ['nothing known', { a: 1 }, 'HTTP 418', undefined],
])('reads the error of %s', (_name, json, message, type) => {
  expect(readFault({ status: 418, body: JSON.stringify(json) }, [])).toMatchObject({ message, type });
});

test.each([
  ['<html><head><title>\n 502 Bad\tGateway </title></head><script>x</script></html>', '502 Bad Gateway'],
  ['<html>no title</html>', 'HTTP 502'],
  ['', 'HTTP 502'],
  ['upstream connect error', 'upstream connect error'],
  ['[1]', '[1]'],
])('of what is not JSON it takes the title: %#', (body, message) => {
  expect(readFault({ status: 502, body }, [])).toEqual({ message, fromService: false });
});

test('a message without end is cut', () => {
  expect(readFault({ status: 500, body: JSON.stringify({ message: 'x'.repeat(5000) }) }, []).message.length).toBeLessThan(700);
});
