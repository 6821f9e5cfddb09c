import { BlockList, isIPv6 } from 'node:net';

/** What kind of network an address belongs to, as far as it matters for whom Transat may talk to. */
export type AddressKind = 'public' | 'private' | 'forbidden';

/** Loopback and site-internal ranges: the operator may open them (`allowPrivate`). RFC 1918, 6598, 4193, 1122. */
const PRIVATE = list(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
);

/** Metadata services by their own addresses; most also lie in a range above. */
const METADATA = list(['169.254.169.254', 32], ['100.100.100.200', 32], ['fd00:ec2::254', 128], ['fd20:ce::254', 128]);

/** Never the address of a cloud's API, whoever asks: IANA's special-purpose registries (RFC 6890). */
const FORBIDDEN = list(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['64:ff9b::', 128],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
);

/** The only IPv6 addresses that IANA has given out for the world to reach (RFC 4291, 2.4); what lies outside is nobody's, or special. */
const GLOBAL = list(['2000::', 3]);

/**
 * Tells what kind of network an address is in. IPv6 addresses that carry an IPv4 one (mapped, compatible, NAT64) count as that.
 * @param address an IPv4 or IPv6 address, without brackets
 */
export function kindOf(address: string): AddressKind {
  const plain = address.replace(/%.*$/, ''); // the zone of a link-local address
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
  if (METADATA.check(plain, family) || FORBIDDEN.check(plain, family)) return 'forbidden';
  if (PRIVATE.check(plain, family)) return 'private';
  const inner = family === 'ipv6' ? embeddedIpv4(plain) : undefined;
  if (inner !== undefined) return kindOf(inner);
  return family === 'ipv4' || GLOBAL.check(plain, family) ? 'public' : 'forbidden';
}

/**
 * Whether an address lies in one of the ranges; an IPv6 address that carries an IPv4 one counts as that, too.
 * @param ranges in CIDR writing, of either family
 */
export function inRanges(address: string, ranges: readonly string[]): boolean {
  const plain = address.replace(/%.*$/, '');
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
  const inner = family === 'ipv6' ? embeddedIpv4(plain) : undefined;
  const listed = list(
    ...ranges.map((range): [string, number] => {
      const [start = '', bits = isIPv6(start) ? '128' : '32'] = range.split('/');
      return [start, Number(bits)];
    }),
  );
  return listed.check(plain, family) || (inner !== undefined && inRanges(inner, ranges));
}

/** The IPv4 address inside `::ffff:a.b.c.d`, `::a.b.c.d` and `64:ff9b::a.b.c.d`, however it is written. */
function embeddedIpv4(address: string): string | undefined {
  // The URL parser (WHATWG) writes every IPv6 address in one canonical form: compressed and in hexadecimal.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const match = /^(?:::ffff:|::|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(canonical);
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1] ?? '0', 16), Number.parseInt(match[2] ?? '0', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function list(...subnets: [address: string, prefix: number][]): BlockList {
  const result = new BlockList();
  for (const [address, prefix] of subnets) result.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4');
  return result;
}
