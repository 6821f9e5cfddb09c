import type { Fault, FormInput } from './types';

const cidrPattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/;
const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?$/;

/** A port or a range of ports that may be opened. */
export interface PortRange {
  from: number;
  to: number;
  protocol: 'tcp' | 'udp';
}

/** Reads `8080`, `8080/tcp` or `9000-9010/udp`; undefined where it is none. */
export function parsePorts(text: string): PortRange | undefined {
  const match = portPattern.exec(text.trim());
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  return from >= 1 && from <= to && to <= 65_535 ? { from, to, protocol: match?.[3] === 'udp' ? 'udp' : 'tcp' } : undefined;
}

/** What the control asks for beyond type and constraints: ranges of addresses, ports. */
export function widgetFault(widget: FormInput['widget'], value: unknown): Fault | null {
  const texts = (Array.isArray(value) ? value : String(value).split(',')).map((text) => String(text).trim());
  if (widget === 'cidr') return faultOf('cidr', texts, (text) => cidrPattern.test(text));
  if (widget === 'ports' && Array.isArray(value)) return faultOf('port', texts, (text) => parsePorts(text) !== undefined);
  return null;
}

function faultOf(key: 'cidr' | 'port', texts: string[], isGood: (text: string) => boolean): Fault | null {
  const text = texts.find((each) => !isGood(each));
  return text === undefined ? null : { key, text };
}
