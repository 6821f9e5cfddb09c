import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { checkUrl, guardedLookup, type Resolve } from './guard';

const closed = { site: 'x' };
const open = { site: 'x', allowPrivate: true };

describe('an address as it is written', () => {
  test.each([['https://keystone.example.org:5000/v3'], ['https://[2a00:1450:4001::1]/v3']])('%s may be used', (url) => {
    expect(() => checkUrl(new URL(url), closed)).not.toThrow();
  });

  test.each([
    ['http://keystone.example.org/v3', 'plain http'],
    ['https://127.0.0.1/v3', 'loopback'],
    ['https://2130706433/', 'loopback as a number'],
    ['https://0x7f.1/', 'loopback in hexadecimal'],
    ['https://[::1]/', 'loopback in IPv6'],
    ['https://[::ffff:10.0.0.1]/', 'private, mapped'],
    ['https://169.254.169.254/latest', 'metadata'],
    ['https://me:secret@keystone.example.org/', 'user and password'],
    ['ftp://keystone.example.org/', 'scheme'],
    ['file:///etc/passwd', 'file'],
  ])('%s is refused (%s)', (url) => {
    expect(() => checkUrl(new URL(url), closed)).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
  });

  test('the operator opens private addresses and plain http, but never link-local ones', () => {
    expect(() => checkUrl(new URL('http://127.0.0.1:5000/v3'), open)).not.toThrow();
    expect(() => checkUrl(new URL('http://169.254.169.254/'), open)).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
  });

  test('the words of a refusal do not hold the user and password of the address', () => {
    try {
      checkUrl(new URL('https://me:secret@keystone.example.org/'), closed);
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('secret');
    }
  });
});

describe('an address as it resolves', () => {
  const to =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('the socket gets exactly the addresses that were checked', async () => {
    expect(await look(guardedLookup(closed, to('8.8.8.8', '9.9.9.9')))).toEqual(['8.8.8.8', '9.9.9.9']);
  });

  test.each([['127.0.0.1'], ['10.0.0.5'], ['169.254.169.254'], ['::1'], ['::ffff:192.168.0.1']])(
    'a name of %s is refused',
    async (address) => {
      await expect(look(guardedLookup(closed, to(address)))).rejects.toMatchObject({ code: 'site-address-refused' });
    },
  );

  test('one private address among public ones refuses the name', async () => {
    await expect(look(guardedLookup(closed, to('8.8.8.8', '127.0.0.1')))).rejects.toMatchObject({ code: 'site-address-refused' });
  });

  test('a name that turns to a private address later is checked again at the next connection', async () => {
    let calls = 0;
    const lookup = guardedLookup(closed, async () => [{ address: calls++ === 0 ? '8.8.8.8' : '127.0.0.1', family: 4 }]);
    expect(await look(lookup)).toEqual(['8.8.8.8']);
    await expect(look(lookup)).rejects.toMatchObject({ code: 'site-address-refused' });
  });

  test('localhost is this machine, by the system’s own look-up', async () => {
    await expect(look(guardedLookup(closed))).rejects.toMatchObject({ code: 'site-address-refused' });
    expect(await look(guardedLookup(open))).not.toEqual([]);
  });

  test('only the asked family is given', async () => {
    const lookup = guardedLookup(closed, to('8.8.8.8', '2a00:1450:4001::1'));
    const found = await new Promise((resolve, reject) =>
      lookup('localhost', { family: 6 }, (error, address) => (error ? reject(error) : resolve(address))),
    );
    expect(found).toBe('2a00:1450:4001::1');
  });
});

function look(lookup: ReturnType<typeof guardedLookup>): Promise<string[]> {
  return new Promise((resolve, reject) =>
    lookup('localhost', { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve((found as LookupAddress[]).map(({ address }) => address)); // `all` was asked for
    }),
  );
}
