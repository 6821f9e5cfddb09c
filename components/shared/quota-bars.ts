import type { PlanView } from '@/lib/api/contract/deployments';
import type { SiteFactsView } from '@/lib/api/contract/sites';

type Totals = PlanView['totals'];
export type QuotaName = keyof SiteFactsView['quotas'];

/** One bar: what is in use, what this adds, and what is left then. Shares are of the limit, 0 to 1. */
export interface QuotaBar {
  name: QuotaName;
  used: number;
  adds: number;
  /** null: no limit */
  limit: number | null;
  left: number | null;
  usedShare: number;
  addsShare: number;
  level: 'fits' | 'tight' | 'over';
}

const added: Record<QuotaName, (totals: Totals) => number> = {
  instances: (totals) => totals.nodes,
  cores: (totals) => totals.vcpus,
  ramMiB: (totals) => totals.ramMiB,
  floatingIps: (totals) => totals.floatingIps,
  volumes: (totals) => totals.volumes,
  volumeGiB: (totals) => totals.volumeGiB,
  networks: (totals) => totals.networks,
  routers: (totals) => totals.routers,
  ports: (totals) => totals.ports,
  securityGroups: (totals) => totals.securityGroups,
  subnets: (totals) => totals.subnets ?? 0,
  securityGroupRules: (totals) => totals.securityGroupRules ?? 0,
  keyPairs: (totals) => totals.keyPairs ?? 0,
};
const always: QuotaName[] = ['instances', 'cores', 'ramMiB', 'floatingIps'];
const order = [
  'instances',
  'cores',
  'ramMiB',
  'floatingIps',
  'volumes',
  'volumeGiB',
  'networks',
  'routers',
  'ports',
  'securityGroups',
  'subnets',
  'securityGroupRules',
  'keyPairs',
] as const;

/** The bars of one site: the four that everybody asks for, and others only where they get tight, or all of them. */
export function quotaBars(quotas: SiteFactsView['quotas'], totals: Totals | undefined, all = false): QuotaBar[] {
  return order
    .flatMap((name) => {
      const quota = quotas[name];
      return quota ? [bar(name, quota, totals ? added[name](totals) : 0)] : [];
    })
    .filter((each) => all || always.includes(each.name) || (each.adds > 0 && (each.level !== 'fits' || each.name === 'volumeGiB')));
}

function bar(name: QuotaName, { limit, used }: { limit: number | null; used: number }, adds: number): QuotaBar {
  if (limit === null) return { name, used, adds, limit, left: null, usedShare: 0, addsShare: 0, level: 'fits' };
  const whole = Math.max(limit, 1);
  const usedShare = limit === 0 ? 1 : Math.min(1, used / whole);
  const left = limit - used - adds;
  return {
    name,
    used,
    adds,
    limit,
    left,
    usedShare,
    addsShare: Math.min(1 - usedShare, adds / whole),
    level: left < 0 ? 'over' : adds > 0 && left < limit * 0.2 ? 'tight' : 'fits',
  };
}
