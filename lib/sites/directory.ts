import type { Kysely } from 'kysely';
import type { Config, ProviderConfig, SiteConfig } from '@/lib/core/config';
import type { Schema } from '@/lib/store/schema';
import { builtinSites } from './directory/builtin';
import { OwnSites } from './own-sites';
import type { Site } from './types';

/** Where one can deploy. */
export interface SiteDirectory {
  /** the sites that everybody sees: configured, built in, sandbox */
  common: Site[];
  /** the sites that people added */
  own: OwnSites;
  /** those, and the ones that this person added */
  of(userId: string | null): Promise<Site[]>;
  /** one of them; undefined when there is none of that id for this person */
  find(userId: string | null, siteId: string): Promise<Site | undefined>;
}

/** Reads the directory for a configuration. @param providers the OpenID providers that people sign in with */
export function createDirectory(config: Config, providers: readonly ProviderConfig[], db: Kysely<Schema>): SiteDirectory {
  const common = [
    ...config.sites.map(configuredSite),
    ...(config.sandbox ? sandboxSites(config.sandboxUrl) : []),
    ...(config.directory ? builtinSites(providers) : []),
  ].filter((site, index, all) => all.findIndex(({ id }) => id === site.id) === index); // the operator's entry wins

  const own = new OwnSites(db, config, () => common);
  const of: SiteDirectory['of'] = async (userId) => (userId === null ? common : [...common, ...(await own.list(userId))]);
  return {
    common,
    own,
    of,
    find: async (userId, siteId) => common.find(({ id }) => id === siteId) ?? (await of(userId)).find(({ id }) => id === siteId),
  };
}

function configuredSite(given: SiteConfig): Site {
  const bareMetal = given.bareMetalFlavors !== undefined || given.bareMetalNetwork !== undefined;
  const chameleonMetal = given.kind === 'chameleon' && bareMetal;
  return {
    id: given.id,
    name: given.name,
    provider: given.kind,
    country: given.country,
    city: given.city,
    lat: given.lat,
    lon: given.lon,
    authUrl: given.authUrl,
    region: given.region,
    methods: given.methods,
    identityProvider: given.identityProvider,
    protocol: given.protocol,
    oidcProvider: given.provider,
    deviceFlow: given.deviceFlow,
    ca: given.ca,
    allowPrivate: given.allowPrivate,
    mirror: given.mirror,
    registryMirror: given.registryMirror,
    nodeProxy: given.proxy,
    features: { leases: bareMetal, bareMetal, volumes: !chameleonMetal, floatingIps: true, securityGroups: !chameleonMetal },
    rules: {
      bareMetalNetwork: given.bareMetalNetwork,
      bareMetalFlavors: given.bareMetalFlavors,
      serverDeadlineSeconds: given.serverDeadlineSeconds,
      enrolUrl: given.enrolUrl,
      applicationCredentialUrl: given.applicationCredentialUrl,
      applicationCredentialMaxDays: given.applicationCredentialMaxDays,
    },
  };
}

/** The two embedded clouds of the sandbox. */
function sandboxSites(sandboxUrl: string): Site[] {
  return [
    {
      id: 'sandbox-europe',
      name: 'Sandbox Europe',
      provider: 'egi',
      country: 'BE',
      city: 'Brussels',
      lat: 50.85,
      lon: 4.35,
      authUrl: `${sandboxUrl}/europe/v3`,
      methods: ['oidc', 'applicationCredential'],
      identityProvider: 'egi.eu',
      protocol: 'openid',
      oidcProvider: 'sandbox',
      allowPrivate: true,
      features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
      rules: { applicationCredentialUrl: `${sandboxUrl}/europe/try-me` },
      sandbox: true,
    },
    {
      id: 'sandbox-america',
      name: 'Sandbox America',
      provider: 'chameleon',
      country: 'US',
      city: 'Chicago',
      lat: 41.88,
      lon: -87.63,
      authUrl: `${sandboxUrl}/america/v3`,
      methods: ['applicationCredential', 'password'],
      identityProvider: 'chameleon',
      protocol: 'openid',
      deviceFlow: {
        name: 'Sandbox America',
        issuer: `${sandboxUrl}/america-oidc`,
        clientId: 'chi-cli-device-token',
        scopes: 'openid',
      },
      allowPrivate: true,
      features: { leases: true, bareMetal: true, volumes: true, floatingIps: true, securityGroups: true },
      rules: {
        bareMetalNetwork: 'sharednet1',
        bareMetalFlavors: ['baremetal'],
        serverDeadlineSeconds: 2400,
        applicationCredentialUrl: `${sandboxUrl}/america/try-me`,
      },
      sandbox: true,
    },
  ];
}
