import { ipAddress } from '@/lib/core/ip-address';
import { isLoginName } from '@/lib/core/login-name';
import type { PlannedNode } from '@/lib/planning/types';
import type { AccessView, NodeView } from '../contract/deployments';
import type { Services } from '../services';
import type { StoredDeployment } from './stored';

/** How to reach each node of a deployment by SSH, with the host key to expect: nothing has to be trusted at first sight. */
export async function readAccess({ store }: Services, { id, plan }: StoredDeployment): Promise<AccessView> {
  const rows = await store.db
    .selectFrom('nodes')
    .select(['key', 'hostname', 'private_address', 'public_address', 'host_key', 'state', 'heard_at'])
    .where('deployment_id', '=', id)
    .execute();
  // a cloud names the addresses, and these are commands that people copy
  const rowOf = new Map(
    rows.map((row) => [
      row.key,
      { ...row, private_address: ipAddress(row.private_address), public_address: ipAddress(row.public_address) },
    ]),
  );
  return { nodes: plan.nodes.flatMap((node) => (rowOf.has(node.key) ? [lineFor(node)] : [])) };

  function lineFor(node: PlannedNode): AccessView['nodes'][number] {
    const row = rowOf.get(node.key);
    const via = node.via === undefined ? undefined : plan.nodes.find(({ key }) => key === node.via);
    const jump = via && rowOf.get(via.key);
    // without a way through another node, the private address is one that can be reached
    const address = row?.public_address ?? row?.private_address;
    const unreachable = node.via !== undefined && !row?.public_address && !jump?.public_address;
    const isCommand = [node, ...(via ? [via] : [])].every(({ loginUser }) => isLoginName(loginUser));
    const hears = row?.heard_at && !silent[row.state];
    if (!row || !address || !isCommand || unreachable || !hears) {
      const reason =
        (row && silent[row.state]) ??
        (address && isCommand && !unreachable ? 'The machine does not answer yet.' : 'The node has no address yet.');
      return { node: node.key, hostname: node.hostname, ssh: null, knownHosts: null, reason };
    }
    const throughJump = !row.public_address && via && jump?.public_address;
    const hop = throughJump ? `-J ${via.loginUser}@${jump.public_address} ` : '';
    const known = [knownHost(address, row.host_key), ...(throughJump ? [knownHost(jump.public_address, jump.host_key)] : [])];
    const knownHosts = known.filter((line) => line !== null).join('\n');
    return {
      node: node.key,
      hostname: node.hostname,
      ssh: `ssh ${hop}${node.loginUser}@${address}`,
      knownHosts: knownHosts || null,
    };
  }
}

// what is told of a machine that no SSH can reach, whatever its address
const silent: Partial<Record<NodeView['state'], string>> = {
  deleting: 'The node is being deleted.',
  stopped: 'The machine is stopped.',
};

// one line of known_hosts; the key's comment is left out
function knownHost(address: string | null, key: string | null): string | null {
  return address && key ? `${address} ${key.trim().split(/\s+/).slice(0, 2).join(' ')}` : null;
}
