import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { isLoopback } from '@/lib/core/loopback';
import { kindOf } from '@/lib/web/addresses';

/** The header that carries the connection's own address to pages; whatever a client sends under this name is written over. */
const peerHeader = 'x-transat-peer';
const watching = Symbol.for('transat.peers');

/**
 * Notes with every request that this process gets where its connection comes from. Pages see headers alone, and Next lets a client say
 * X-Forwarded-For as it likes. To be called before the first request.
 */
export function watchPeers(): void {
  const holder: typeof globalThis & { [watching]?: true } = globalThis;
  if (holder[watching]) return;
  holder[watching] = true;
  channel('http.server.request.start').subscribe((message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? '';
  });
}

/**
 * The range that a person would open to let in themselves alone: their own address, if it is one that a cloud sees, too.
 * @param headers of their request
 * @param isProxy whether an address is that of a proxy of the operator's, whose X-Forwarded-For is believed
 * @returns such as `192.0.2.7/32`; null where the address is private, unknown or IPv6, which forms do not ask for
 */
export function ownRange(headers: Pick<Headers, 'get'>, isProxy: (address: string) => boolean): string | null {
  const address = addressOf(headers, isProxy);
  return isIPv4(address) && kindOf(address) === 'public' ? `${address}/32` : null;
}

/**
 * The network that a request comes from, to count by where nobody has signed in.
 * @param isProxy as for {@link ownRange}
 * @returns an IPv4 address, or the first 64 bits of an IPv6 one, which is what one connection has; the same for all of whom nothing is known
 */
export function networkOf(headers: Pick<Headers, 'get'>, isProxy: (address: string) => boolean): string {
  const address = addressOf(headers, isProxy);
  if (isIPv4(address)) return address;
  if (!isIP(address)) return 'unknown';
  const [head = '', tail] = address.split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0);
  return [...(first ?? []), ...Array<string>(zeros).fill('0'), ...(last ?? [])]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

// the nearest proxy wrote the last one; what a client wrote itself stands before those, and is never reached
function addressOf(headers: Pick<Headers, 'get'>, isProxy: (address: string) => boolean): string {
  const said = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const way = [headers.get(peerHeader) ?? '', ...said.toReversed()].map(plain);
  return way.find((each) => !isIP(each) || !isProxy(each)) ?? '';
}

/**
 * Whether a request came from this very machine, by nobody in between: a proxy here says for whom it speaks, and what a client adds to that
 * only takes from it.
 */
export function isFromHere(headers: Pick<Headers, 'get'>): boolean {
  const said = headers.get('x-forwarded-for')?.split(',') ?? [];
  return [headers.get(peerHeader) ?? '', ...said].every((address) => isLoopback(plain(address.trim())));
}

// IPv4 as a socket for both families tells it
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
