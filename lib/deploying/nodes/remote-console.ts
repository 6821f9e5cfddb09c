import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { webLink } from '@/lib/inputs/link';
import type { Ports } from '../ports';
import { machineOf } from './console';

/**
 * Has a node's site open a console of its screen. That it was is in the audit; the address is kept nowhere.
 * @param by id of who asks
 * @param key of the node
 * @returns its address: whoever has it is at the machine's screen and keyboard, for some minutes
 * @throws AppError `not-found` for an unknown node, `conflict` where it has no machine, `upstream-refused` where its site gives none that a browser opens
 */
export async function openRemoteConsole(
  { store, openCloud, clock }: Pick<Ports, 'store' | 'openCloud' | 'clock'>,
  deploymentId: string,
  key: string,
  by: string,
): Promise<Secret> {
  const { userId, server, cloudId } = await machineOf(store, deploymentId, key);
  const address = (await (await openCloud(userId, server)).compute.remoteConsole(cloudId)).reveal();
  const link = webLink(address);
  if (link === undefined) {
    throw new AppError({
      code: 'upstream-refused',
      title: 'The console can’t be opened',
      detail: `What ${server.site} gives as the address of the console of ${key} is none that a browser opens.`,
      remedy: 'Read what the machine has written to its console, or log in by SSH.',
    });
  }
  const data = JSON.stringify({ node: key });
  await store.db
    .insertInto('audit')
    .values({ at: clock.now(), user_id: by, action: 'console-opened', subject: deploymentId, data })
    .execute();
  return new Secret(link);
}
