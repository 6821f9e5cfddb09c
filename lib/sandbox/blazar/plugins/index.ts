import type { Asked } from '../../state/leases';
import { notSupported } from '../errors';
import { floatingIpPlugin } from './floating-ips';
import { hostPlugin } from './hosts';
import { instancePlugins } from './instances';
import { networkPlugin } from './networks';
import type { Ground, Plugin } from './plugin';

export type Plugins = (kind: unknown) => Plugin;

/** The plugins that a cloud has. @returns finds one; throws Blazar's 500 for a kind that is not among them */
export function pluginsOf(ground: Ground): Plugins {
  const all = {
    'physical:host': hostPlugin(ground),
    ...instancePlugins(ground),
    'virtual:floatingip': floatingIpPlugin(ground),
    network: networkPlugin(ground),
  } as unknown as Record<Asked['kind'], Plugin>; // each sees only the reservations that it made itself
  return (kind) => {
    const offered = ground.world.definition.blazar?.kinds.find((one) => one === kind);
    const isFork = ground.world.state.settings.blazar === 'chameleon';
    if (!offered || (offered === 'network' && !isFork)) throw notSupported(String(kind));
    return all[offered];
  };
}
