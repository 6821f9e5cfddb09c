import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { Identity } from '@/lib/nodes/protocol';
import type { Admission } from '@/lib/store/schema';
import { writeAdmissions } from '../ledger/admissions';
import { writeEvents } from '../ledger/events';
import { lockNode } from '../ledger/node-rows';
import type { Ports } from '../ports';
import { admit, type Outcome } from './admission';
import { isOf, unknownNode } from './authenticate';

/**
 * An agent makes itself known over HTTPS, with the one-time token of its machine's user data. It may come again with the same identity.
 * @throws AppError `not-found` for an unknown node or token (the answer does not tell which), `conflict` where another has used the token
 */
export async function introduce(ports: Ports, nodeId: string, token: Secret, identity: Identity): Promise<void> {
  const outcome = await record(ports, nodeId, isOf(token), identity);
  if (outcome === 'unknown') throw unknownNode();
  if (outcome === 'spent') throw spent();
}

/**
 * The same, for an agent that was visited by SSH.
 * @param hostKey with which its machine answered
 * @throws AppError `conflict` as {@link introduce}
 */
export async function introduceVisited(ports: Ports, nodeId: string, hostKey: string, identity: Identity): Promise<void> {
  const outcome = await record(ports, nodeId, ({ firstKey, taken }) => firstKey === hostKey || taken?.hostKey === hostKey, identity);
  if (outcome === 'unknown' || outcome === 'spent') throw spent();
}

async function record(ports: Ports, nodeId: string, fits: (admission: Admission) => boolean, identity: Identity): Promise<Outcome> {
  const { store, clock } = ports;
  return store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, nodeId);
    if (!node) return 'unknown';
    const { outcome, admissions, news } = admit(node.admissions, fits, identity);
    if (!news) return outcome;
    await writeAdmissions(trx, nodeId, admissions);
    if (outcome === 'spent') {
      const message = `Somebody else came with the one-time token of ${node.hostname}, and was refused`;
      const event = { level: 'warning', stage: 'node', subject: node.key, message, data: { node: node.key } } as const;
      await writeEvents(store, trx, node.deployment_id, [event], clock.now());
    }
    return outcome;
  });
}

function spent(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'This token was used already',
    detail: 'The one-time token of a node lets one agent in, and another one came with it before.',
    cause: 'The machine was set up anew by its image, or somebody has read its user data.',
    remedy: 'Look at the deployment’s events. If this machine is the right one, delete the deployment and deploy it again.',
  });
}
