import type { Config } from '@/lib/core/config';
import type { Ports } from '@/lib/deploying/ports';
import type { DeskPorts } from '@/lib/desk/types';
import type { ConnectCloud, FindIdentity, ListProjects } from '@/lib/openstack/types';

/** What is needed to keep for people what lets them act on sites. */
export interface KeepingPorts extends DeskPorts {
  config: Pick<Config, 'url'>;
  /** what lib/deploying works with */
  ports: Ports;
  connectCloud: ConnectCloud;
  listProjects: ListProjects;
  findIdentity: FindIdentity;
}
