import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { checkUrl, guardedLookup, type Resolve } from './guard';

const closed = { id: 'x', kind: 'site' as const };
const open = { id: 'x', kind: 'site' as const, allowPrivate: true };

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
    ['gopher://keystone.example.org:5000/', 'scheme'],
    ['https://127.1/', 'loopback, shortened'],
    ['https://0177.0.0.1/', 'loopback in octal'],
    ['https://0x7f000001/', 'loopback in one hexadecimal number'],
    ['https://017700000001/', 'loopback in one octal number'],
    ['https://127.0.0.1./', 'loopback with the dot of the root'],
    ['https://①②⑦.⓪.⓪.①/', 'loopback in other digits'],
    ['https://0/', 'this host'],
    ['https://0.0.0.0:5000/v3', 'this host'],
    ['https://[::]/', 'this host in IPv6'],
    ['https://[::ffff:7f00:1]/', 'loopback, mapped, in hexadecimal'],
    ['https://[0:0:0:0:0:ffff:127.0.0.1]/', 'loopback, mapped, written out'],
    ['https://[::127.0.0.1]/', 'loopback, compatible'],
    ['https://[::ffff:0:127.0.0.1]/', 'loopback, translated'],
    ['https://[64:ff9b::127.0.0.1]/', 'loopback through NAT64'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'metadata through NAT64'],
    ['https://[64:ff9b:1::7f00:1]/', 'loopback through a NAT64 of one’s own'],
    ['https://[2002:7f00:1::]/', 'loopback through 6to4'],
    ['https://[fe80::1]/', 'link-local in IPv6'],
    ['https://[fd00:ec2::254]/', 'metadata in IPv6'],
    ['https://[fd12:3456::1]/', 'unique local'],
    ['https://169.254.0.1/', 'link-local'],
    ['https://2852039166/', 'metadata as a number'],
    ['https://10.0.0.1:5000/v3', 'private'],
    ['https://172.31.255.254/', 'private'],
    ['https://192.168.0.1/', 'private'],
    ['https://100.64.0.1/', 'shared by providers'],
    ['https://198.18.0.1/', 'for measurements'],
    ['https://224.0.0.1/', 'multicast'],
    ['https://255.255.255.255/', 'broadcast'],
    ['https://keystone.example.org:22/v3', 'port of SSH'],
    ['https://keystone.example.org:25/v3', 'port of mail'],
    ['https://keystone.example.org:6379/v3', 'port of a database'],
    ['https://keystone.example.org:0/v3', 'no port'],
  ])('%s is refused (%s)', (url) => {
    expect(() => checkUrl(new URL(url), closed)).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
  });

  test('the operator opens private addresses and plain http, but never link-local ones', () => {
    expect(() => checkUrl(new URL('http://127.0.0.1:5000/v3'), open)).not.toThrow();
    expect(() => checkUrl(new URL('http://169.254.169.254/'), open)).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
  });

  test('ranges that the operator opened are open, by plain http too, and nothing beside them', () => {
    const some = { id: 'x', kind: 'site' as const, allowedRanges: ['127.0.0.0/8', '10.1.0.0/16', 'fd12::/16'] };
    for (const url of ['http://127.0.0.1:5000/v3', 'https://10.1.2.3/v3', 'https://[fd12::1]/v3', 'https://[::ffff:10.1.2.3]/v3']) {
      expect(() => checkUrl(new URL(url), some)).not.toThrow();
    }
    for (const url of ['https://10.2.0.1/v3', 'https://[::1]/', 'http://8.8.8.8/v3', 'https://169.254.169.254/', 'https://[fd13::1]/']) {
      expect(() => checkUrl(new URL(url), some), url).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
    }
    const careless = { id: 'x', kind: 'site' as const, allowedRanges: ['0.0.0.0/0', '::/0'] };
    expect(() => checkUrl(new URL('http://169.254.169.254/'), careless)).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
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

  test('which address a name has in the operator’s network is not told to those who named it', async () => {
    const refusal = await look(guardedLookup({ ...closed, discreet: true }, to('10.0.0.5'))).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'site-address-refused', cause: expect.stringContaining('private network') });
    expect(JSON.stringify(refusal)).not.toContain('10.0.0.5');
  });

  test('plain http reaches opened ranges only, whatever name leads there', async () => {
    const some = { id: 'x', kind: 'site' as const, allowedRanges: ['127.0.0.0/8'], plain: true };
    expect(await look(guardedLookup(some, to('127.0.0.1')))).toEqual(['127.0.0.1']);
    for (const address of ['8.8.8.8', '10.0.0.1', '169.254.169.254']) {
      await expect(look(guardedLookup(some, to(address)))).rejects.toMatchObject({ code: 'site-address-refused' });
    }
  });

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
