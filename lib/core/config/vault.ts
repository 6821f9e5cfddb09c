import { z } from 'zod';
import type { Secret } from '../secret';

/** `{env: NAME}` or `{file: path}`: where a secret is, never the secret. */
export const secretRef = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);
/** An address without a slash at its end. */
export const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** Tokens and secrets travel to it: in the clear on this machine only. */
const storeAddress = url.refine(
  (text) => text.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname),
  'Use https; http only on this machine',
);
const path = z
  .string()
  .regex(/^[\w.@-]+(\/[\w.@-]+)*$/, 'Use a path like team/transat, without slashes at its ends')
  .refine((text) => !text.split('/').some((part) => part === '.' || part === '..'), 'A path may not go up');

const authSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('token'), token: secretRef }),
  z.strictObject({ method: z.literal('approle'), mount: path.default('approle'), roleId: z.string().min(1), secretId: secretRef }),
  // the file is read at each login: what writes it (Kubernetes, SPIFFE) renews it
  z.strictObject({ method: z.literal('jwt'), mount: path.default('jwt'), role: z.string().min(1), jwtFile: z.string().min(1) }),
  z.strictObject({
    method: z.literal('kubernetes'),
    mount: path.default('kubernetes'),
    role: z.string().min(1),
    jwtFile: z.string().default('/var/run/secrets/kubernetes.io/serviceaccount/token'),
  }),
]);

const personSchema = z.strictObject({
  /** id of the OpenID provider whose access tokens the server takes */
  provider: z.string().min(1),
  /** where people's own secrets are; left out: `address`, `caFile` and `namespace` of the whole */
  address: storeAddress.optional(),
  caFile: z.string().optional(),
  namespace: path.optional(),
  /** path of the JWT login, and its role; an empty one is the server's default role */
  auth: path.default('jwt'),
  role: z.string().default(''),
  /** the KV engine, and its version */
  mount: path,
  version: z.union([z.literal(1), z.literal(2)]).default(2),
  /** the folder of one person; `{sub}` and `{entity}` stand for their subject and the server's id of them */
  path: z
    .string()
    .regex(/^[\w.@{}-]+(\/[\w.@{}-]+)*$/, 'Use a path like users/{sub}')
    .refine((text) => /\{(sub|entity)\}/.test(text), 'Name the person in it, by {sub} or {entity}'),
});

export const vaultSchema = z
  .strictObject({
    address: storeAddress,
    /** PEM file of the certificate authority that signed the server's certificate, relative to the configuration */
    caFile: z.string().optional(),
    namespace: path.optional(),
    /** how Transat itself logs in */
    auth: authSchema.optional(),
    /** a Transit key wraps people's data keys. `leave`: it only unwraps, until a rotation has brought them back to TRANSAT_KEY or the key file */
    transit: z.strictObject({ mount: path.default('transit'), key: path, leave: z.boolean().default(false) }).optional(),
    /** a KV version 2 engine keeps the secrets themselves. `leave`: it is only read, until they were moved back to the database */
    kv: z.strictObject({ mount: path, path: path.default('transat'), leave: z.boolean().default(false) }).optional(),
    /** people's own secrets, read with their own access tokens */
    person: personSchema.optional(),
  })
  .refine((vault) => vault.auth || !(vault.transit || vault.kv), {
    path: ['auth'],
    message: 'Transit and KV need it: how Transat logs in',
  });

type Given = z.infer<typeof vaultSchema>;
type GivenAuth = NonNullable<Given['auth']>;
type WithSecret<T> = T extends { token: unknown }
  ? { method: 'token'; token: Secret }
  : T extends { secretId: unknown }
    ? Omit<T, 'secretId'> & { secretId: Secret }
    : T;

/** How Transat logs in at a Vault or OpenBao, its secrets read. */
export type VaultAuth = WithSecret<GivenAuth>;
/** Where a Vault or OpenBao is. */
export interface VaultPlace {
  address: string;
  ca?: string;
  namespace?: string;
}
export type PersonVaultConfig = Omit<NonNullable<Given['person']>, 'address' | 'caFile' | 'namespace'> & VaultPlace;
/** A Vault or OpenBao, and what it is for. */
export interface VaultConfig extends VaultPlace {
  auth?: VaultAuth;
  transit?: Given['transit'];
  kv?: Given['kv'];
  person?: PersonVaultConfig;
}

/** What reads the files and variables that a configuration names. */
interface Reader {
  secret(ref: z.infer<typeof secretRef>): Secret;
  text(file: string): string;
  resolve(file: string): string;
}

/** The section as it is used: secrets and certificates read, with the environment's TRANSAT_VAULT_ADDR and TRANSAT_VAULT_NAMESPACE. */
export function readVaultConfig(given: Given, env: Record<string, string | undefined>, read: Reader): VaultConfig {
  const place = {
    address: (env.TRANSAT_VAULT_ADDR ?? given.address).replace(/\/+$/, ''),
    ca: given.caFile === undefined ? undefined : read.text(given.caFile),
    namespace: env.TRANSAT_VAULT_NAMESPACE ?? given.namespace,
  };
  return {
    ...place,
    auth: given.auth && readAuth(given.auth, read),
    transit: given.transit,
    kv: given.kv,
    person: given.person && readPerson(given.person, place, read),
  };
}

function readAuth(given: GivenAuth, read: Reader): VaultAuth {
  if (given.method === 'token') return { method: 'token', token: read.secret(given.token) };
  if (given.method === 'approle') return { ...given, secretId: read.secret(given.secretId) };
  return { ...given, jwtFile: read.resolve(given.jwtFile) };
}

function readPerson(
  { address, caFile, namespace, ...rest }: NonNullable<Given['person']>,
  place: VaultPlace,
  read: Reader,
): PersonVaultConfig {
  if (address === undefined) return { ...rest, ...place };
  return { ...rest, address, ca: caFile === undefined ? undefined : read.text(caFile), namespace };
}
