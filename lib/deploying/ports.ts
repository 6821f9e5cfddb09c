import type { Clock } from '@/lib/core/clock';
import type { Limits } from '@/lib/core/config/limits';
import type { Vault } from '@/lib/credentials/types';
import type { Cloud } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import type { Store } from '@/lib/store';
import type { Place } from './ledger/ledger';
import type { ReadNode, ReadQueue } from './nodes/node-reader';
import type { NodePace } from './nodes/pace';

/** All that this room needs of the world; the worker gives the real ones, tests their own. */
export interface Ports {
  store: Store;
  clock: Clock;
  vault: Vault;
  /** @throws AppError as the site's sign-in does */
  openCloud(userId: string, place: Place): Promise<Cloud>;
  /** undefined when the directory no longer has it */
  findSite(userId: string, siteId: string): Promise<Site | undefined>;
  /** where the nodes of a site reach Transat; null: they can't */
  callbackUrl(site: Site | undefined): string | null;
  /** PEM of the authority that nodes are told to trust there, where it is not one that everybody knows */
  callbackCa?: string;
  /** the SSH channel */
  readNode: ReadNode;
  /** the same, for what nodes tell of queues */
  readQueue: ReadQueue;
  /** how much nodes may send */
  pace: NodePace;
  /** how much the operator lets stand at once */
  limits: Limits;
  /** told of what should never happen */
  onFault(error: unknown, deploymentId: string): void;
}
