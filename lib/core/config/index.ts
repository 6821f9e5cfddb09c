import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { isLoopback } from '../loopback';
import { Secret } from '../secret';
import { type About, aboutSchema } from './about';
import { leaseRulesSchema } from './leases';
import { type Limits, limitsSchema } from './limits';
import { localitySchema, type OperatorRule } from './locality';
import { id, type ProviderConfig, providerSchema, readProvider } from './provider';
import { type Retention, retentionSchema } from './retention';
import { readSmtp, type SmtpConfig, smtpSchema, type WebhooksConfig, webhooksSchema } from './smtp';
import { readVaultConfig, secretRef, url, type VaultConfig, vaultSchema } from './vault';

const deviceFlowSchema = z.strictObject({
  /** what people call the provider */
  name: z.string().min(1),
  issuer: url,
  clientId: z.string().min(1),
  clientSecret: secretRef.optional(),
  scopes: z.string().default('openid'),
  /** PEM file of the certificate authority that signed the issuer's certificate */
  caFile: z.string().optional(),
});

/** What stands in the user data of nodes, which whoever reaches a cloud's metadata service can read. */
const open = z.string().refine((text) => !text.includes('@'), 'Nodes are told it openly: it can’t have a user or password in it');

const siteSchema = z.strictObject({
  id,
  name: z.string().min(1),
  kind: z.enum(['egi', 'chameleon', 'custom']).default('custom'),
  /** id of the OpenID provider that this site federates with */
  provider: z.string().optional(),
  authUrl: url,
  region: z.string().optional(),
  identityProvider: z.string().optional(),
  protocol: z.string().optional(),
  methods: z.array(z.enum(['oidc', 'applicationCredential', 'password'])).min(1),
  caFile: z.string().optional(),
  allowPrivate: z.boolean().default(false),
  /** base URL for all that recipes download, under `<host>/<path>` */
  mirror: open.optional(),
  /** `host:port` of a registry that holds images as `<registry host>/<name>`, spoken to by TLS; one without is named `http://host:port` */
  registryMirror: open.optional(),
  /** checksums of what the site has built itself, by a file's address or an image's name and tag: they count in place of the recipes' */
  builds: z.record(z.string(), z.string().regex(/^[a-f0-9]{64}$/, 'Use 64 lower-case hexadecimal digits')).optional(),
  /** HTTP proxy that nodes use */
  proxy: open.optional(),
  country: z.string().length(2).optional(),
  city: z.string().optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  bareMetalNetwork: z.string().optional(),
  bareMetalFlavors: z.array(z.string()).optional(),
  serverDeadlineSeconds: z.number().int().positive().optional(),
  applicationCredentialUrl: url.optional(),
  /** longest life of an application credential that Transat makes there, in days */
  applicationCredentialMaxDays: z.number().int().min(1).max(3650).optional(),
  /** the site's own OpenID provider, where people can connect by the device flow */
  deviceFlow: deviceFlowSchema.optional(),
  enrolUrl: url.optional(),
  /** it leases hosts or flavors by Blazar, by these rules */
  leases: leaseRulesSchema.optional(),
});

const refreshed = z.union([z.literal(false), url]);
/** Where the public directories are. */
const directories = {
  egi: 'https://is.cloud.egi.eu',
  chameleon: 'https://api.chameleoncloud.org',
  gocdb: 'https://goc.egi.eu/gocdbpi/public',
};

const configSchema = z.strictObject({
  url: url.default('http://localhost:3000'),
  /** where nodes reach Transat, if they can; left out: `url`, unless that is a loopback address */
  callbackUrl: url.optional(),
  /** PEM of the authority that signed its certificate, where nodes do not know it */
  callbackCaFile: z.string().optional(),
  providers: z.array(providerSchema).default([]),
  sites: z.array(siteSchema).default([]),
  /** IPv4 addresses or ranges that Transat comes from when it reaches nodes by SSH */
  ownAddresses: z.array(z.union([z.ipv4(), z.cidrv4()])).default([]),
  /** proxies before Transat, addresses or ranges: what they say in X-Forwarded-For of whom they speak for is believed */
  trustedProxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
  /** private addresses that sites which people add may have, also over plain http */
  allowedRanges: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
  /** hosts (with their port, where it is not 443) that people's own sign-in may be sent to when they add a site there */
  tokenHosts: z.array(z.string().min(1)).default([]),
  directory: z.boolean().default(true),
  /** where the directory is refreshed from; `false`: the built-in snapshot only */
  directoryRefresh: z
    .union([z.boolean(), z.strictObject({ egi: refreshed, chameleon: refreshed, gocdb: refreshed }).partial()])
    .default(true),
  /** how long ago people may have signed in to see secrets and make tokens, in minutes */
  recentSignInMinutes: z.number().int().min(1).max(720).default(15),
  /** who may read /metrics from other machines: who sends this token */
  metrics: z.strictObject({ token: secretRef }).optional(),
  sandbox: z.boolean().optional(),
  recipePaths: z.array(z.string()).default([]),
  /** where data may go, for everybody: people's own rules can be stricter, not looser */
  locality: z.array(localitySchema).max(200).default([]),
  vault: vaultSchema.optional(),
  /** how long histories, logs and the audit are kept */
  retention: retentionSchema.prefault({}),
  /** how much may stand at once */
  limits: limitsSchema.default({}),
  /** left out: the first page does not say who runs it */
  about: aboutSchema.optional(),
  /** left out: nobody is told by e-mail */
  smtp: smtpSchema.optional(),
  /** left out: nobody has webhooks */
  webhooks: webhooksSchema.optional(),
});

export type { ProviderConfig } from './provider';
export type DeviceFlowConfig = Omit<z.infer<typeof deviceFlowSchema>, 'clientSecret' | 'caFile'> & { clientSecret?: Secret; ca?: string };
export type SiteConfig = Omit<z.infer<typeof siteSchema>, 'deviceFlow'> & { ca?: string; sandbox?: boolean; deviceFlow?: DeviceFlowConfig };
export interface Config {
  url: string;
  callbackUrl: string | null;
  /** PEM */
  callbackCa?: string;
  providers: ProviderConfig[];
  sites: SiteConfig[];
  ownAddresses: string[];
  trustedProxies: string[];
  allowedRanges: string[];
  tokenHosts: string[];
  recentSignInMinutes: number;
  metricsToken?: Secret;
  directory: boolean;
  /** null: not asked; `named`: the operator gave the address */
  directoryRefresh: Record<keyof typeof directories, { url: string; named: boolean } | null>;
  sandbox: boolean;
  recipePaths: string[];
  locality: OperatorRule[];
  retention: Retention;
  limits: Limits;
  vault?: VaultConfig;
  about?: About;
  smtp?: SmtpConfig;
  webhooks?: WebhooksConfig;
  databaseUrl?: Secret;
  /** folder of the embedded database and the key file */
  dataDir: string;
  /** where the sandbox listens */
  sandboxUrl: string;
  /** where its simulated nodes reach Transat; they run on this machine, as no others do */
  sandboxCallbackUrl?: string;
}

/** The configuration can't be used; the message names file, line and key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

/**
 * Reads the configuration: the file that TRANSAT_CONFIG names (else ./transat.yaml where there is one), then the
 * environment's overrides (TRANSAT_URL, TRANSAT_CALLBACK_URL, TRANSAT_CALLBACK_CA_FILE, TRANSAT_SANDBOX, TRANSAT_DIRECTORY, TRANSAT_DIRECTORY_REFRESH,
 * TRANSAT_DATA, TRANSAT_VAULT_ADDR, TRANSAT_VAULT_NAMESPACE, DATABASE_URL, PORT).
 * @throws ConfigError naming the faulty line
 */
export function readConfig(env: Environment, cwd: string): Config {
  const path = env.TRANSAT_CONFIG ?? (existsSync(resolve(cwd, 'transat.yaml')) ? 'transat.yaml' : undefined);
  const file = path === undefined ? undefined : resolve(cwd, path);
  const parsed = parseFile(file, env);
  const base = file ? dirname(file) : cwd;
  const port = env.PORT ?? '3000';
  const address = env.TRANSAT_URL ?? (file && parsed.given.has('url') ? parsed.value.url : `http://localhost:${port}`);
  const callbackCaFile = env.TRANSAT_CALLBACK_CA_FILE ?? parsed.value.callbackCaFile;
  const sandbox = env.TRANSAT_SANDBOX ? isOn(env.TRANSAT_SANDBOX) : (parsed.value.sandbox ?? file === undefined);
  const sandboxUrl = (env.TRANSAT_SANDBOX_URL ?? `http://localhost:${Number(port) + 100}`).replace(/\/+$/, '');
  return {
    url: address.replace(/\/+$/, ''),
    callbackUrl: callbackUrl(env.TRANSAT_CALLBACK_URL ?? parsed.value.callbackUrl, address),
    callbackCa: callbackCaFile && readText(callbackCaFile, base),
    providers: parsed.value.providers.map((provider) =>
      readProvider(provider, { secret: (ref) => readSecret(ref, env, base), text: (path) => readText(path, base) }),
    ),
    sites: parsed.value.sites.map(({ deviceFlow, ...site }) => ({
      ...site,
      ca: site.caFile && readText(site.caFile, base),
      deviceFlow: deviceFlow && readDeviceFlow(deviceFlow, env, base),
    })),
    ownAddresses: parsed.value.ownAddresses,
    trustedProxies: parsed.value.trustedProxies,
    allowedRanges: parsed.value.allowedRanges,
    tokenHosts: parsed.value.tokenHosts,
    recentSignInMinutes: parsed.value.recentSignInMinutes,
    metricsToken: parsed.value.metrics && readSecret(parsed.value.metrics.token, env, base),
    directory: env.TRANSAT_DIRECTORY ? isOn(env.TRANSAT_DIRECTORY) : parsed.value.directory && !sandbox,
    directoryRefresh: refreshOf(env.TRANSAT_DIRECTORY_REFRESH ? isOn(env.TRANSAT_DIRECTORY_REFRESH) : parsed.value.directoryRefresh),
    sandbox,
    retention: parsed.value.retention,
    limits: parsed.value.limits,
    recipePaths: parsed.value.recipePaths.map((folder) => resolve(base, folder)),
    locality: parsed.value.locality,
    vault:
      parsed.value.vault &&
      readVaultConfig(parsed.value.vault, env, {
        secret: (ref) => readSecret(ref, env, base),
        text: (path) => readText(path, base),
        resolve: (path) => resolve(base, path),
      }),
    about: parsed.value.about,
    smtp:
      parsed.value.smtp &&
      readSmtp(parsed.value.smtp, { secret: (ref) => readSecret(ref, env, base), text: (path) => readText(path, base) }),
    webhooks: parsed.value.webhooks,
    databaseUrl: env.DATABASE_URL ? new Secret(env.DATABASE_URL) : undefined,
    dataDir: resolve(cwd, env.TRANSAT_DATA ?? '.transat'),
    sandboxUrl,
    sandboxCallbackUrl: env.TRANSAT_SANDBOX_CALLBACK_URL,
  };
}

const isOn = (text: string) => text === '1' || text === 'true';

function refreshOf(given: z.infer<typeof configSchema>['directoryRefresh']): Config['directoryRefresh'] {
  const of = (name: keyof typeof directories) => {
    const wanted = typeof given === 'boolean' ? given : given[name];
    if (wanted === false) return null;
    return typeof wanted === 'string' ? { url: wanted, named: true } : { url: directories[name], named: false };
  };
  return { egi: of('egi'), chameleon: of('chameleon'), gocdb: of('gocdb') };
}

function parseFile(file: string | undefined, env: Environment): { value: z.infer<typeof configSchema>; given: Set<string> } {
  if (file === undefined) return { value: configSchema.parse({}), given: new Set() };
  if (!existsSync(file)) throw new ConfigError(`There is no configuration file at ${file} (TRANSAT_CONFIG=${env.TRANSAT_CONFIG ?? ''}).`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax) throw new ConfigError(`${file}:${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`);
  const content: unknown = document.toJS() ?? {};
  const result = configSchema.safeParse(content);
  if (!result.success) {
    const issue = result.error.issues[0];
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const keyPath = [...(issue?.path ?? []), ...unknownKey];
    const node = document.getIn(keyPath, true) ?? document.getIn(keyPath.slice(0, -1), true);
    const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
    throw new ConfigError(`${file}:${lines.linePos(range).line}: ${keyPath.join('.') || 'the file'}: ${issue?.message}`);
  }
  return { value: result.data, given: new Set(typeof content === 'object' && content !== null ? Object.keys(content) : []) };
}

// Nodes cannot reach an address of the loopback range; Transat then comes to them by SSH.
function callbackUrl(given: string | undefined, address: string): string | null {
  if (given) return given.replace(/\/+$/, '');
  return isLoopback(new URL(address).hostname) ? null : address;
}

function readDeviceFlow(
  { clientSecret, caFile, ...flow }: z.infer<typeof deviceFlowSchema>,
  env: Environment,
  base: string,
): DeviceFlowConfig {
  return { ...flow, clientSecret: clientSecret && readSecret(clientSecret, env, base), ca: caFile && readText(caFile, base) };
}

function readText(file: string, base: string): string {
  const path = resolve(base, file);
  if (!existsSync(path)) throw new ConfigError(`There is no file ${path}, which the configuration names.`);
  return readFileSync(path, 'utf8');
}

function readSecret(ref: z.infer<typeof secretRef>, env: Environment, base: string): Secret {
  if ('file' in ref) return new Secret(readText(ref.file, base).trim());
  const value = env[ref.env];
  if (!value) throw new ConfigError(`The environment variable ${ref.env}, which the configuration names, is not set.`);
  return new Secret(value);
}
