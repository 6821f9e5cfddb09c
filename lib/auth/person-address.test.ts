import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { inRanges } from '@/lib/web/addresses';
import { isFromHere, networkOf, ownRange, watchPeers } from './person-address';

const isProxy = (address: string) => inRanges(address, ['10.0.0.0/8', '2001:db8::/32', '9.9.9.9']);
const headersOf = (peer: string, forwarded?: string) =>
  new Headers({ 'x-transat-peer': peer, ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) });
const from = (peer: string, forwarded?: string) => ownRange(headersOf(peer, forwarded), isProxy);

describe('a request', () => {
  it.each([
    ['127.0.0.1', undefined],
    ['::1', undefined],
    ['::ffff:127.0.0.1', '127.0.0.1'],
  ])('of %s, forwarded for %s, is from this machine', (peer, forwarded) => {
    expect(isFromHere(headersOf(peer, forwarded))).toBe(true);
  });
  it.each([
    ['127.0.0.1', '8.8.4.4'],
    ['127.0.0.1', '127.0.0.1, 8.8.4.4'],
    ['127.0.0.1', '8.8.4.4, 127.0.0.1'],
    ['127.0.0.1', ''],
    ['127.0.0.1', '127.evil.example'],
    ['10.0.0.7', '127.0.0.1'],
    ['', undefined],
  ])('of “%s”, forwarded for “%s”, may be anybody’s', (peer, forwarded) => {
    expect(isFromHere(headersOf(peer, forwarded))).toBe(false);
  });
});

test.each([
  ['8.8.4.4', undefined, '8.8.4.4'],
  ['::ffff:8.8.4.4', undefined, '8.8.4.4'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['2606:4700:1:2:3:4:5:6', undefined, '2606:4700:1:2'],
  ['2606:4700:1:2:ffff::9', undefined, '2606:4700:1:2'],
  ['2606:4700:0001:0002::9', undefined, '2606:4700:1:2'],
  ['2606:4700::9', undefined, '2606:4700:0:0'],
  ['2606::1:2:3:4:5:6', undefined, '2606:0:1:2'],
  ['::1', undefined, '0:0:0:0'],
  ['10.0.0.7', '8.8.4.4', '8.8.4.4'],
  ['10.0.0.7', '1.1.1.1, 8.8.4.4', '8.8.4.4'],
  ['8.8.8.8', '1.1.1.1', '8.8.8.8'],
  ['10.0.0.7', 'unknown', 'unknown'],
  ['', undefined, 'unknown'],
])('who comes from “%s”, forwarded for “%s”, is counted by %s', (peer, forwarded, network) => {
  expect(networkOf(headersOf(peer, forwarded), isProxy)).toBe(network);
});

describe('the range of a person alone', () => {
  it.each([
    ['the address of the connection', '8.8.4.4', undefined, '8.8.4.4/32'],
    ['the same as a socket for both families tells it', '::ffff:8.8.4.4', undefined, '8.8.4.4/32'],
    ['what a trusted proxy says', '10.0.0.7', '8.8.4.4', '8.8.4.4/32'],
    ['what a trusted proxy says of one behind another', '10.0.0.7', '8.8.4.4, 9.9.9.9', '8.8.4.4/32'],
    ['what a trusted proxy added to what a client made up', '10.0.0.7', '1.1.1.1, 8.8.4.4', '8.8.4.4/32'],
  ])('is %s', (_what, peer, forwarded, range) => {
    expect(from(peer, forwarded)).toBe(range);
  });

  it.each([
    ['on the same machine', '127.0.0.1', undefined],
    ['on the same machine, by IPv6', '::1', undefined],
    ['in the operator’s own network', '192.168.3.4', undefined],
    ['behind a carrier’s translation', '100.64.0.9', undefined],
    ['one that comes by IPv6', '2606:4700::1111', undefined],
    ['one of whom a proxy says nothing', '10.0.0.7', undefined],
    ['one of whom a proxy says what is no address', '10.0.0.7', '8.8.4.4, unknown'],
    ['not known', '', undefined],
  ])('is not offered to somebody %s', (_what, peer, forwarded) => {
    expect(from(peer, forwarded)).toBeNull();
  });

  it('is not what somebody says who is no proxy', () => {
    expect(from('127.0.0.1', '8.8.4.4')).toBeNull();
    expect(from('8.8.8.8', '8.8.4.4')).toBe('8.8.8.8/32');
  });
});

it('a request carries the address of its connection, whatever it says itself', async () => {
  watchPeers();
  watchPeers();
  const server = createServer((incoming, outgoing) => outgoing.end(String(incoming.headers['x-transat-peer'])));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asking = request({ port, host: '127.0.0.1', headers: { 'X-Transat-Peer': '8.8.8.8' } }).end();
  const [answer] = (await once(asking, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const chunk of answer) text += chunk.toString();
  server.close();
  expect(text).toBe('127.0.0.1');
});
