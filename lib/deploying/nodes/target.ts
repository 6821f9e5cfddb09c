import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { PoolTarget } from '@/lib/nodes/shell/pool';
import type { Reach } from '@/lib/nodes/shell/reach';
import type { Ledger, Node } from '../ledger/ledger';
import { deploymentKey, type Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import { hostKeysOf } from './admission';
import { keyPair } from './context';

/**
 * How a node is reached by SSH: at its public address, else by way of the node that its plan names.
 * @throws AppError `node-unreachable` while it has no address or no host key is known
 */
export async function targetOf(ports: Ports, ledger: Ledger, node: Node, secrets: Secrets): Promise<PoolTarget> {
  return reached(ledger, node, secrets, await reachOf(ports, ledger.deployment.user_id, node.site));
}

// A site that is gone opens nothing.
async function reachOf(ports: Ports, userId: string, siteId: string): Promise<Reach> {
  const site = await ports.findSite(userId, siteId);
  return { allowPrivate: site?.allowPrivate, allowedRanges: site?.allowedRanges, discreet: site?.own };
}

async function reached(ledger: Ledger, node: Node, secrets: Secrets, reach: Reach): Promise<PoolTarget> {
  const plan = ledger.deployment.plan.nodes.find(({ key }) => key === node.key);
  const via = node.public_address ? undefined : ledger.nodes.find(({ key }) => key === plan?.via);
  const address = node.public_address ?? node.private_address;
  const hostKeys = hostKeysOf(node);
  if (!plan || !address || hostKeys.length === 0) {
    throw new AppError({
      code: 'node-unreachable',
      title: `${node.hostname} has no address yet`,
      remedy: 'Wait until its server is there.',
    });
  }
  const pair = await keyPair(deploymentKey, secrets);
  return {
    key: node.id,
    address,
    user: plan.loginUser,
    hostKeys,
    reach,
    privateKey: new Secret(pair.reveal().private),
    via: via && (await reached(ledger, via, secrets, reach)),
  };
}
