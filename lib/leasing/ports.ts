import type { Config } from '@/lib/core/config';
import type { Ports } from '@/lib/deploying/ports';
import type { DeskPorts } from '@/lib/desk/types';

/** What is needed to look after people's leases. */
export interface LeasingPorts extends DeskPorts {
  /** where public registries of hardware are, and whether they may be asked */
  config: Pick<Config, 'directoryRefresh' | 'sandboxUrl'>;
  /** what lib/deploying works with: deployments stand on leases */
  ports: Ports;
}
