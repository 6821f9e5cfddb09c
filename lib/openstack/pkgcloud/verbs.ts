import { EventEmitter } from 'node:events';
import pkgcloud, { type BlockStorageClient, type Client, type ComputeClient, type NetworkClient } from 'pkgcloud';
import { type Answer, jsonOf } from '@/lib/web/answer';
import { unreadable } from '../errors/unreadable';
import type { SendOptions, Service } from '../service';

/**
 * The one place that touches pkgcloud.
 *
 * pkgcloud knows the verbs of OpenStack: which path, which method, which body, and what the answer holds. It is given nothing else:
 * no secret, no token, no address. What it wants done goes through the {@link Service} that all of Transat uses, so its requests
 * have the same guarded addresses, limits, time-outs and repeats. What is not a success never reaches it: left to itself it takes
 * 429, 502 and 504 for one, and leaves the caller of `getServer` waiting for ever (pkgcloud-alone.test.ts).
 */
class NoIdentity extends EventEmitter {}

const identity = { provider: 'openstack', authUrl: 'https://unused.invalid', identity: NoIdentity } as const;

// They hold no session, so one of each serves everybody; made at the first use, for pkgcloud takes half a second to load its parts.
let compute: ComputeClient | undefined;
let network: NetworkClient | undefined;
let blockStorage: BlockStorageClient | undefined;

export function computeVerbs(): ComputeClient {
  compute ??= pkgcloud.compute.createClient(identity);
  return compute;
}
export function networkVerbs(): NetworkClient {
  network ??= pkgcloud.network.createClient(identity);
  return network;
}
export function blockStorageVerbs(): BlockStorageClient {
  blockStorage ??= pkgcloud.blockstorage.createClient(identity);
  return blockStorage;
}

/**
 * Carries out one of pkgcloud's verbs at a service.
 * @param client whose verb it is
 * @param verb calls the verb with the client that it is given
 * @returns what the verb gives, and the answer that it was made from
 * @throws AppError as `Service.send`, and `upstream-failed` when the verb finds nothing it can use in the answer
 */
export function callVerb<C extends Client, T>(
  client: C,
  service: Service,
  verb: (client: C, done: (error: unknown, result?: T) => void) => void,
  options: SendOptions = {},
): Promise<{ result: T | undefined; answer: Answer }> {
  return new Promise((resolve, reject) => {
    const request: Client['_request'] = ({ method = 'GET', path, qs, body }, callback) => {
      const sent = service.send({ method, path: path.startsWith('/') ? path : `/${path}`, query: qs, body, ...options });
      sent
        .then((answer) => {
          received = answer;
          try {
            callback(null, jsonOf(answer), answer);
          } finally {
            reject(unreadable(service.site, service.type, answer)); // does nothing when the verb has given its result
          }
        })
        .catch(reject);
    };
    let received: Answer | undefined;
    const done = (error: unknown, result?: T) => {
      if (error || !received) reject(error);
      else resolve({ result, answer: received });
    };
    // its own `_request` for this call only; all else is the shared client's. Object.create gives `any`: it is a C by its prototype
    const bound: C = Object.create(client, { _request: { value: request } });
    verb(bound, done);
  });
}
