import type { Catalog } from '@/lib/catalog/catalog';
import type { Config } from '@/lib/core/config';
import type { LeasingPorts } from '@/lib/leasing/ports';
import type { ConnectCloud, FindIdentity, ListProjects } from '@/lib/openstack/types';
import type { TellingPorts } from '@/lib/telling/types';
import type { WorkloadPorts } from '@/lib/workloads/types';

/** What is needed to keep for people what lets them act on sites. */
export interface KeepingPorts extends LeasingPorts {
  config: Pick<Config, 'url' | 'retention' | 'ownAddresses'> & LeasingPorts['config'] & WorkloadPorts['config'];
  catalog: Catalog;
  connectCloud: ConnectCloud;
  listProjects: ListProjects;
  findIdentity: FindIdentity;
  /** what lib/telling works with */
  telling: TellingPorts;
}
