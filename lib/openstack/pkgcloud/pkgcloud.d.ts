/**
 * The part of pkgcloud 2.2.0 that Transat uses, written from its sources (lib/pkgcloud/openstack): the package has no types of
 * its own, and those that others publish cover object storage only.
 */
declare module 'pkgcloud' {
  type Done<T> = (error: unknown, result?: T) => void;

  interface VerbRequest {
    method?: string;
    path: string;
    qs?: Record<string, string>;
    body?: unknown;
  }

  interface Client {
    /** carries out what a verb wants done; pkgcloud means it to be replaced by those who bring their own session */
    _request(request: VerbRequest, callback: (error: unknown, body?: unknown, response?: unknown) => void): unknown;
  }

  /** A server; `original` is Nova's own body, whole. */
  interface Server {
    original: unknown;
  }

  interface ComputeClient extends Client {
    getServer(id: string, done: Done<Server>): void;
    destroyServer(id: string, done: Done<{ ok: string }>): void;
    startServer(id: string, done: Done<never>): void;
    stopServer(id: string, done: Done<never>): void;
    rebootServer(id: string, options: { type: 'SOFT' | 'HARD' }, done: Done<unknown>): void;
    getLimits(done: Done<unknown>): void;
  }

  interface NetworkClient extends Client {
    destroyNetwork(id: string, done: Done<string>): void;
    destroySubnet(id: string, done: Done<string>): void;
    destroyPort(id: string, done: Done<string>): void;
    destroySecurityGroup(id: string, done: Done<string>): void;
  }

  interface BlockStorageClient extends Client {
    deleteVolume(id: string, done: Done<never>): void;
    getVolumeTypes(done: Done<{ name: string }[]>): void;
  }

  interface Options {
    provider: 'openstack';
    authUrl: string;
    /** made by pkgcloud with `new`; asked for a token and addresses when pkgcloud itself makes requests */
    identity: new () => { on(event: string, listener: (...values: unknown[]) => void): unknown };
  }

  const pkgcloud: {
    compute: { createClient(options: Options): ComputeClient };
    network: { createClient(options: Options): NetworkClient };
    blockstorage: { createClient(options: Options): BlockStorageClient };
  };
  export default pkgcloud;
  export type { BlockStorageClient, Client, ComputeClient, Done, NetworkClient, Server };
}
