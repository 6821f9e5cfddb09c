import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import type { Config } from '@/lib/core/config';
import type { VaultAuth, VaultConfig } from '@/lib/core/config/vault';
import { Secret } from '@/lib/core/secret';
import { startTokenReview, type TokenReviewServer } from './token-review';

/** A Vault or OpenBao that tests may do as they like with. */
export interface TestVault {
  address: string;
  rootToken: string;
  /** left out: it can't be sealed here */
  unsealKey?: string;
}

/** One set of engines, logins and policies of its own on a server, so that tests do not meet each other. */
export interface Bench {
  kv: string;
  kv1: string;
  transit: string;
  approle: string;
  jwt: string;
  /** the login by service accounts; left out where the server has none */
  kubernetes?: { mount: string; serviceAccount: TokenReviewServer['serviceAccount'] };
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely by tests
  root(method: string, path: string, body?: unknown): Promise<{ status: number; json: any }>;
  /** @param ttl seconds that its tokens last */
  appRole(options?: { ttl?: number; maxTtl?: number }): Promise<Extract<VaultAuth, { method: 'approle' }>>;
  token(ttl: number): Promise<string>;
  config(auth: VaultAuth, more?: Partial<VaultConfig>): Pick<Config, 'vault'>;
  /** an access token as an OpenID provider would give one */
  accessToken(subject: string, claims?: Record<string, unknown>, by?: 'own' | 'stranger'): Promise<string>;
}

const issuer = 'https://op.test';

/** Sets a server up as docs/operators.md says. */
export async function furnish(vault: TestVault): Promise<Bench> {
  const suffix = randomUUID().slice(0, 8);
  const [kv, kv1, transit, approle, jwt] = ['kv', 'kv1', 'transit', 'approle', 'jwt'].map((name) => `${name}-${suffix}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const keys = { own: generateKeyPairSync('rsa', { modulusLength: 2048 }), stranger: generateKeyPairSync('rsa', { modulusLength: 2048 }) };

  const root: Bench['root'] = async (method, path, body) => {
    const response = await fetch(`${vault.address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': vault.rootToken, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : undefined };
  };
  const set = async (path: string, body: unknown) => {
    const { status, json } = await root('POST', path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`);
  };
  await set(`sys/mounts/${kv}`, { type: 'kv', options: { version: '2' } });
  await set(`sys/mounts/${kv1}`, { type: 'kv', options: { version: '1' } });
  // a new KV version 2 engine is not ready at once
  while ((await root('GET', `${kv}/config`)).status === 400) await sleep(100);
  await set(`sys/mounts/${transit}`, { type: 'transit' });
  await set(`${transit}/keys/transat`, { type: 'aes256-gcm96' });
  await set(`sys/auth/${approle}`, { type: 'approle' });
  await set(`sys/auth/${jwt}`, { type: 'jwt' });
  const path = (entries: Record<string, string[]>) =>
    JSON.stringify({ path: Object.fromEntries(Object.entries(entries).map(([name, capabilities]) => [name, { capabilities }])) });
  await set(`sys/policies/acl/service-${suffix}`, {
    policy: path({
      [`${transit}/encrypt/transat`]: ['update'],
      [`${transit}/decrypt/transat`]: ['update'],
      [`${transit}/rewrap/transat`]: ['update'],
      [`${transit}/keys/transat/rotate`]: ['update'],
      [`${kv}/data/transat/*`]: ['create', 'read'],
      [`${kv}/metadata/transat/*`]: ['delete'],
    }),
  });
  const auths = await root('GET', 'sys/auth');
  const accessor: string = auths.json.data[`${jwt}/`].accessor;
  await set(`sys/policies/acl/person-${suffix}`, {
    policy: path({
      [`${kv}/data/users/{{identity.entity.aliases.${accessor}.name}}/*`]: ['read'],
      [`${kv}/metadata/users/{{identity.entity.aliases.${accessor}.name}}/*`]: ['list'],
      [`${kv1}/users/{{identity.entity.aliases.${accessor}.name}}/*`]: ['read', 'list'],
    }),
  });
  const pem = createPublicKey(keys.own.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  await set(`auth/${jwt}/config`, { jwt_validation_pubkeys: [pem], bound_issuer: issuer });
  const person = { role_type: 'jwt', user_claim: 'sub', bound_audiences: ['transat'], token_policies: [`person-${suffix}`], token_ttl: 60 };
  await set(`auth/${jwt}/role/transat`, person);

  const kubernetes = `kubernetes-${suffix}`;
  const hasKubernetes = (await root('POST', `sys/auth/${kubernetes}`, { type: 'kubernetes' })).status < 300;
  const cluster = hasKubernetes ? await startTokenReview() : undefined;
  if (cluster) {
    const { url, reviewer } = cluster;
    await set(`auth/${kubernetes}/config`, { kubernetes_host: url, token_reviewer_jwt: reviewer, disable_local_ca_jwt: true });
    const bound = { bound_service_account_names: ['transat'], bound_service_account_namespaces: ['transat'] };
    await set(`auth/${kubernetes}/role/transat`, { ...bound, token_policies: [`service-${suffix}`], token_ttl: 600 });
  }

  return {
    kv,
    kv1,
    transit,
    approle,
    jwt,
    kubernetes: cluster && { mount: kubernetes, serviceAccount: cluster.serviceAccount },
    root,
    async appRole({ ttl = 600, maxTtl = 3600 } = {}) {
      const role = randomUUID();
      await set(`auth/${approle}/role/${role}`, { token_policies: [`service-${suffix}`], token_ttl: ttl, token_max_ttl: maxTtl });
      const id = await root('GET', `auth/${approle}/role/${role}/role-id`);
      const secretId = await root('POST', `auth/${approle}/role/${role}/secret-id`, {});
      return { method: 'approle', mount: approle, roleId: id.json.data.role_id, secretId: new Secret(secretId.json.data.secret_id) };
    },
    async token(ttl) {
      const made = await root('POST', 'auth/token/create', { policies: [`service-${suffix}`], ttl: `${ttl}s`, renewable: true });
      return made.json.auth.client_token;
    },
    config: (
      auth,
      more = { transit: { mount: transit, key: 'transat', leave: false }, kv: { mount: kv, path: 'transat', leave: false } },
    ) => ({
      vault: { address: vault.address, auth, ...more },
    }),
    accessToken: (subject, claims = {}, by = 'own') => sign(keys[by].privateKey, subject, claims),
  };
}

function sign(key: KeyObject, subject: string, claims: Record<string, unknown>): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, sub: subject, aud: 'transat', iat: now, nbf: now - 5, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
}
