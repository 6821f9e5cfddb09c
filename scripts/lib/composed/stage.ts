import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Sandbox } from '@/lib/sandbox';
import { sandboxSecrets } from '@/lib/sandbox/secrets';
import { root } from '../shell';
import { readCompose, readImage, type Service } from './file';
import { type Ground, othersMayRead } from './run';

const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');

/** The services of deploy/compose.yaml, and what they find here. */
export interface Stage {
  services: Map<string, Service>;
  ground: Ground;
  /** `host:port` of the database, and who may enter it */
  database: { address: string; password: string };
}

/**
 * Makes what an operator would: the file .env, and transat.yaml with the sandbox as site and provider.
 * @param given.folder where volumes are
 * @param given.port at which the web server is reached
 * @param given.address of the database
 */
export function setStage(given: { folder: string; port: number; address: string; sandbox: Sandbox }): Stage {
  const { folder, port, address, sandbox } = given;
  const secret = () => randomBytes(32).toString('base64');
  const password = randomBytes(16).toString('hex');
  const variables = {
    TRANSAT_URL: `http://127.0.0.1:${port}`,
    POSTGRES_PASSWORD: password,
    TRANSAT_KEY: secret(),
    NEXTAUTH_SECRET: secret(),
  };
  const services = readCompose(read('compose.yaml'), variables);
  const asUsers = process.getuid?.() === 0 && othersMayRead();
  if (!asUsers) console.log('(all processes as one user: this one may not start them as others, or those could not read this folder)');
  const config = join(folder, 'transat.yaml');
  writeFileSync(config, configOf(folder, sandbox, port), { mode: 0o644 });
  for (const { volumes, uid, gid } of services) {
    if (!volumes.some(({ source }) => source === 'data')) continue;
    mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 });
    if (asUsers) chownSync(join(folder, 'data'), uid, gid);
  }
  return {
    services: new Map(services.map((service) => [service.name, published(service, port, folder)])),
    database: { address, password },
    ground: {
      image: readImage(read('Dockerfile')),
      asUsers,
      places: [
        ['database:5432', address],
        ['127.0.0.1:3000', `127.0.0.1:${port}`],
        ['/transat/transat.yaml', config],
      ],
    },
  };
}

// A container's port is published on the loopback address: here that is where the server itself listens. A volume is a folder; where there is none, nothing is there.
function published(service: Service, port: number, folder: string): Service {
  const { environment, volumes } = service;
  const listens: Record<string, string> = environment.PORT ? { PORT: String(port), HOST: '127.0.0.1' } : {};
  const data = volumes.some(({ target }) => target === '/data');
  return { ...service, environment: { ...environment, ...listens, TRANSAT_DATA: data ? join(folder, 'data') : '/nowhere' } };
}

function configOf(folder: string, sandbox: Sandbox, port: number): string {
  const file = join(folder, 'client-secret');
  writeFileSync(file, sandboxSecrets(folder).clientSecret, { mode: 0o644 });
  const provider = {
    id: 'op',
    name: 'Provider',
    issuer: `${sandbox.url}/oidc`,
    clientId: 'transat',
    clientSecret: { file },
    accessTokensOf: ['cli'],
  };
  const federated = { provider: 'op', identityProvider: 'egi.eu', protocol: 'openid', methods: ['oidc'] };
  const site = { id: 'europe', name: 'Europe', kind: 'egi', authUrl: `${sandbox.url}/europe/v3`, allowPrivate: true, ...federated };
  // the sandbox's nodes are on this host, which a real site's nodes would never find at a loopback address
  const callbackUrl = `http://0.0.0.0:${port}`;
  return stringify({ callbackUrl, directory: false, directoryRefresh: false, providers: [provider], sites: [site] });
}
