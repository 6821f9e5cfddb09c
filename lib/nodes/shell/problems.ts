import { AppError } from '@/lib/core/errors';
import type { ShellTarget } from './connection';

/** Why a connection did not come about, in plain words. `error` is what the SSH library or the system said. */
export function unreachable(target: Pick<ShellTarget, 'address' | 'user'>, error: Error & { level?: string }): AppError {
  return new AppError({
    code: 'node-unreachable',
    title: 'The node does not answer by SSH',
    detail: `No SSH connection to ${target.user}@${target.address} could be made.`,
    ...explain(error, target.user),
    upstream: { service: 'ssh', message: error.message },
  });
}

/** Something answered with another host key than the one this deployment made for the node. */
export function hostKeyRefused(target: Pick<ShellTarget, 'address'>): AppError {
  return new AppError({
    code: 'node-unreachable',
    title: 'Another machine answers at the node’s address',
    detail: `What answers by SSH at ${target.address} does not have the host key that was made for this node, so nothing was sent to it.`,
    cause: 'The address belongs to another machine now, the machine was set up anew, or cloud-init has not yet put the key in place.',
    remedy: 'If the node has just been started, wait a minute. If this stays, delete the node and deploy it again.',
    upstream: { service: 'ssh', message: 'host key differs' },
  });
}

function explain(error: Error & { level?: string }, user: string): { cause: string; remedy: string } {
  if (error.level === 'client-authentication') {
    return {
      cause: `The node refuses the deployment's key for the user ${user}: cloud-init has not finished, or the image has another login user.`,
      remedy: 'If the node has just been started, wait a minute. If this stays, check that the image runs cloud-init.',
    };
  }
  if (/ECONNREFUSED|Connection refused/i.test(error.message)) {
    return {
      cause: 'The machine is there, but its SSH service does not run yet.',
      remedy: 'Wait a minute; the machine may still be booting.',
    };
  }
  return {
    cause: 'Nothing answers: the machine is still booting or stopped, or a firewall or security group is in the way.',
    remedy: 'Check that the site lets port 22 through from here, and that the machine is running.',
  };
}
