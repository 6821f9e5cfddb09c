import type { LeaseRules } from '@/lib/sites/types';
import type { Condition, Host, HostReservation } from '../types';
import { architectureName, hardwareOf } from './hardware';

/** What a host must have. Left out: anything will do. */
export interface HostWants {
  nodeType?: string;
  /** one of these, by uid */
  uids?: readonly string[];
  /** none of these */
  avoid?: readonly string[];
  properties?: readonly Condition[];
  architecture?: string;
  /** any graphics card, or one in whose model this text is */
  gpu?: true | string;
  /** at least */
  gpus?: number;
  memoryMiB?: number;
  threads?: number;
}

/**
 * Whether a project may have a host: it is in service, and not kept for others.
 * @param projectId left out: not known, so that hosts that are kept for some projects are not for this one
 */
export function isLeasable({ reservable, properties }: Host, projectId?: string): boolean {
  const kept = (properties.authorized_projects ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  return reservable && (kept.length === 0 || (projectId !== undefined && kept.includes(projectId)));
}

/** Whether a host has what is wanted. */
export function matches(host: Host, wants: HostWants): boolean {
  const { nodeType, uids, avoid = [], properties = [], ...rest } = wants;
  return (
    (nodeType === undefined || host.nodeType === nodeType) &&
    (uids === undefined || uids.includes(host.uid)) &&
    !avoid.includes(host.uid) &&
    properties.every((condition) => holds(condition, host.properties[condition.name])) &&
    hasHardware(host, rest)
  );
}

function hasHardware(host: Host, { architecture, gpu, gpus, memoryMiB, threads }: HostWants): boolean {
  if (architecture === undefined && gpu === undefined && gpus === undefined && memoryMiB === undefined && threads === undefined)
    return true;
  const has = hardwareOf(host);
  return (
    (architecture === undefined || has.architecture === architectureName(architecture)) &&
    (gpu === undefined || (has.gpu !== null && (gpu === true || plain(has.gpu.model ?? '').includes(plain(gpu))))) &&
    (gpus === undefined || (has.gpu?.count ?? 0) >= gpus) &&
    (memoryMiB === undefined || (has.memoryMiB ?? 0) >= memoryMiB) &&
    (threads === undefined || (has.threads ?? 0) >= threads)
  );
}

/** `RTX 6000`, `rtx_6000` and `rtx6000` are the same to people. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '');

/** Whether a value meets a condition; one that is not there meets none, as in Blazar. Numbers are compared as numbers, which Blazar does not do. */
export function holds({ op, value: wanted }: Condition, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  if (op === '=') return actual === wanted;
  if (op === '!=') return actual !== wanted;
  const [a, b] = [numberOf(actual), numberOf(wanted)];
  if (a === undefined || b === undefined) return false;
  if (op === '>') return a > b;
  if (op === '<') return a < b;
  return op === '>=' ? a >= b : a <= b;
}

/** A text as a number; undefined where it is none. */
export function numberOf(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** What a reservation wants of its hosts. One that says nothing gets the site's usual node type, as Chameleon gives it. */
export function wantsOf({ nodeType, hosts, properties = [] }: HostReservation, rules: LeaseRules): HostWants {
  const asked = nodeType !== undefined || hosts !== undefined || properties.length > 0;
  const type = asked ? nodeType : rules.defaultNodeType;
  return { ...(type !== undefined && { nodeType: type }), ...(hosts !== undefined && { uids: hosts }), properties };
}
