import { Agent, type AgentOptions } from 'node:https';
import { connect as connectPlain } from 'node:net';
import type { Duplex } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { ProviderConfig } from '@/lib/core/config';

type ConnectOptions = AgentOptions & { host?: string | null; port?: string | number | null };

/**
 * The one agent of next-auth's OpenID client, for all providers: that client keeps its HTTP options for the whole process,
 * so an agent a provider would be changed under a sign-in that is under way. Each host gets its own certificate authority, and
 * hosts of http issuers (the sandbox) plain connections.
 */
export class ProvidersAgent extends Agent {
  readonly #authorities: Map<string, string>;
  readonly #plain: Set<string>;

  constructor(providers: readonly ProviderConfig[]) {
    super();
    const address = ({ issuer }: ProviderConfig) => hostAndPort(new URL(issuer));
    this.#authorities = new Map(providers.flatMap((provider) => (provider.ca ? [[address(provider), provider.ca]] : [])));
    this.#plain = new Set(providers.filter(({ issuer }) => issuer.startsWith('http:')).map(address));
    // without a protocol of its own, Node takes the agent for http and https alike
    Reflect.set(this, 'protocol', undefined);
  }

  override createConnection(options: ConnectOptions, callback?: (error: Error | null, stream: Duplex) => void): Duplex | null | undefined {
    const address = `${options.host}:${options.port}`;
    if (this.#plain.has(address)) return connectPlain({ host: options.host ?? 'localhost', port: Number(options.port) });
    const authority = this.#authorities.get(address);
    return super.createConnection(authority ? { ...options, ca: [...rootCertificates, authority] } : options, callback);
  }
}

function hostAndPort(url: URL): string {
  return `${url.hostname.replace(/^\[|\]$/g, '')}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
}
