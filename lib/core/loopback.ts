import { isIPv4 } from 'node:net';

/**
 * Whether a name or address leads to this very machine, and to none else from anywhere.
 * @param host without port; an IPv6 address with its brackets or without
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
