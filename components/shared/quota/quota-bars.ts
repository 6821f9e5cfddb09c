import type { PlanView } from '@/lib/api/contract/deployments';
import type { SiteFactsView } from '@/lib/api/contract/sites';

type Totals = PlanView['totals'];
export type QuotaName = keyof SiteFactsView['quotas'];
type Quotas = SiteFactsView['quotas'];

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
  /** `unknown`: the site did not tell, and the numbers mean nothing */
  level: 'fits' | 'tight' | 'over' | 'unknown';
  /** what is known is from then: the site does not tell it now */
  since?: string;
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

/** The bars of one site: the four that everybody asks for, and others only where they get tight or are not known, or all of them. */
export function quotaBars(quotas: Quotas, totals: Totals | undefined, all = false): QuotaBar[] {
  return order
    .flatMap((name) => {
      const quota = quotas[name];
      const adds = totals ? added[name](totals) : 0;
      // few sites tell these three: what never was told of them is no gap
      if (!quota) return seldomTold.has(name) ? [] : [unknownBar(name, adds)];
      return [{ ...bar(name, quota, adds), ...(quota.since !== undefined && { since: quota.since }) }];
    })
    .filter((each) => all || always.includes(each.name) || (each.adds > 0 && (each.level !== 'fits' || each.name === 'volumeGiB')));
}
const seldomTold = new Set<QuotaName>(['subnets', 'securityGroupRules', 'keyPairs']);

const unknownBar = (name: QuotaName, adds: number): QuotaBar => ({
  name,
  used: 0,
  adds,
  limit: null,
  left: null,
  usedShare: 0,
  addsShare: 0,
  level: 'unknown',
});

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
