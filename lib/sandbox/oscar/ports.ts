import { isFitPort } from '@/lib/core/fit-port';

/** The first ports from one on where a cloud may be: those of a database, say, nobody would go to. Pure. */
export function portsFrom(first: number, count: number): number[] {
  const ports: number[] = [];
  for (let port = first; ports.length < count; port += 1) if (isFitPort(String(port))) ports.push(port);
  return ports;
}
