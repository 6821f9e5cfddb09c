import type { Fault, FormInput } from './types';

const cidrPattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/;
const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?(?:\s+(?:from\s+)?(\S+))?$/;

/** A port or a range of ports that may be opened. */
export interface PortRange {
  from: number;
  to: number;
  protocol: 'tcp' | 'udp';
  /** who may come, where that is said of the port itself */
  cidr?: string;
}

/** Reads `8080`, `8080/tcp`, `9000-9010/udp` or `22 from 192.0.2.0/24`; undefined where it is none. */
export function parsePorts(text: string): PortRange | undefined {
  const match = portPattern.exec(text.trim());
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  const cidr = match?.[4];
  if (!(from >= 1 && from <= to && to <= 65_535) || (cidr !== undefined && !cidrPattern.test(cidr))) return undefined;
  return { from, to, protocol: match?.[3] === 'udp' ? 'udp' : 'tcp', ...(cidr !== undefined && { cidr }) };
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
