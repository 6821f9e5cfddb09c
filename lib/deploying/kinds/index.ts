import type { Problem } from '@/lib/core/errors';
import type { Addition, Cloud } from '@/lib/openstack/types';
import type { ResourceSpec } from '@/lib/planning/types';
import { keyPair, server } from './compute';
import { lease } from './lease';
import { loadBalancer } from './load-balancer';
import { floatingIp, network, port, router, securityGroup, subnet } from './network';
import { securityRule } from './security-rule';
import type { Build, Circumstances, Found, Kind, KindName } from './types';
import { volume } from './volume';

const kinds: { [K in KindName]: Kind<K> } = {
  keyPair,
  network,
  subnet,
  router,
  securityGroup,
  securityRule,
  port,
  volume,
  floatingIp,
  lease,
  server,
  loadBalancer,
};

/** The same as {@link Kind}, for a specification whose kind is only known at run time. */
interface AnyKind {
  label: string;
  service: Kind<KindName>['service'];
  deadlineSeconds(spec: ResourceSpec, circumstances: Circumstances): number;
  deadlineOf?(observed: Record<string, unknown>): Date | undefined;
  leaveSeconds(spec: ResourceSpec, circumstances: Pick<Circumstances, 'bareMetal'>): number;
  borrowed?(spec: ResourceSpec): string | undefined;
  stays?: boolean;
  standsOn?(spec: ResourceSpec): { lease?: string; reservation?: string } | undefined;
  givesHosts?(spec: ResourceSpec): boolean;
  endOf?(observed: Record<string, unknown>): string | undefined;
  isOver?(observed: Record<string, unknown> | undefined): boolean;
  said?(spec: ResourceSpec): string;
  tries(spec: ResourceSpec): number;
  becomes?: boolean;
  needsAddresses?: boolean;
  letsFirst?: KindName;
  gives?: Kind<KindName>['gives'];
  foreseen?(spec: ResourceSpec): string | undefined;
  node?(spec: ResourceSpec): string;
  letsIn?(spec: ResourceSpec): string;
  disk?: boolean;
  nextLook?(observed: Record<string, unknown>, now: Date): number | undefined;
  bides?(observed: Record<string, unknown>): boolean;
  faultLagSeconds?: number;
  leavesSlowly?: boolean;
  goesFirst?: boolean;
  outdated?(spec: ResourceSpec, observed: Record<string, unknown>, observedOf: (key: string) => Record<string, unknown>): boolean;
  doubted?: boolean;
  list(cloud: Cloud, prefix: string, known?: ReadonlyMap<string, string>): Promise<Found[]>;
  create(cloud: Cloud, spec: ResourceSpec, build: Build): Promise<Found>;
  parts?(spec: ResourceSpec, idOf: (key: string) => string): string[];
  addPart?(cloud: Cloud, id: string, part: string, spec: ResourceSpec): Promise<Addition>;
  inPlaceOf?(was: ResourceSpec, is: ResourceSpec): ResourceSpec;
  surplus?(spec: ResourceSpec, found: Found): string[];
  dropPart?(cloud: Cloud, partId: string): Promise<void>;
  otherWays?(spec: ResourceSpec, problem: Problem): number;
  remove(cloud: Cloud, found: Found): Promise<void>;
}

/** How resources of this kind are handled. Pass it only specifications of that kind. */
export function kindOf(name: KindName): AnyKind {
  // each entry takes the specification of its own name, which the callers look it up by; the type can't say so
  return kinds[name] as unknown as AnyKind;
}

/** Whether a site has the service of a kind, by its catalogue of now. */
export function isOffered(name: KindName, cloud: Cloud): boolean {
  const { service } = kinds[name];
  if (service === 'reservation') return cloud.reservation !== null;
  if (service === 'load-balancer') return cloud.loadBalancing !== null;
  return service !== 'block-storage' || cloud.blockStorage !== null;
}

/** Key of the node that runs on what is specified; undefined where none does. */
export function nodeOf(spec: ResourceSpec): string | undefined {
  return kindOf(spec.kind).node?.(spec);
}

/** Key of what of another site is let in by what is specified; undefined where nothing is. */
export function letsInOf(spec: ResourceSpec): string | undefined {
  return kindOf(spec.kind).letsIn?.(spec);
}

/** Whether it is there without us, and stays when the deployment goes. */
export function isBorrowed(spec: ResourceSpec): boolean {
  return kindOf(spec.kind).borrowed?.(spec) !== undefined;
}

export { sendPower, sendResize } from './compute';
export { reservationsIn } from './lease';
export { outsideOf } from './security-rule';
export { everybodys, type Found, type KindName } from './types';
