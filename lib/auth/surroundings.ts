import { isIP } from 'node:net';
import { kindOf } from '@/lib/web/addresses';

/** What is seen of where a request comes from, in as few words as help to know one's own again. */
export interface Surroundings {
  /** `Firefox, Linux`; null where it does not say */
  browser: string | null;
  network: Network | null;
}

/** Kinds of networks; the address itself is not kept. */
export type Network = 'this-machine' | 'local' | 'internet-ipv4' | 'internet-ipv6';

/** Of a request that came through Next, which tells the peer's address in X-Forwarded-For. */
export function surroundingsOf(headers: Headers): Surroundings {
  return { browser: browserOf(headers.get('user-agent') ?? ''), network: networkOf(headers.get('x-forwarded-for') ?? '') };
}

// The order matters: Edge and Opera call themselves Chrome, too, and Chrome calls itself Safari.
const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A browser's name and system. Programs give their own name: its first word. */
export function browserOf(userAgent: string): string | null {
  const named = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const found = [named(browsers), named(systems)].filter(Boolean).join(', ');
  return found || /^[\w.-]{1,40}/.exec(userAgent)?.[0] || null;
}

/** The kind of network of the last address in a list: the one that the nearest proxy saw. */
export function networkOf(forwardedFor: string): Network | null {
  const address = forwardedFor.split(',').at(-1)?.trim() ?? '';
  const family = isIP(address);
  if (family === 0) return null;
  const plain = address.replace(/^::ffff:/i, '');
  if (plain.startsWith('127.') || plain === '::1') return 'this-machine';
  if (kindOf(plain) !== 'public') return 'local';
  return isIP(plain) === 4 ? 'internet-ipv4' : 'internet-ipv6';
}
