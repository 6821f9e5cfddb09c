import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import type { DeviceFlow, Site } from '../types';
import chameleonData from './chameleon.json';
import { chameleonMachines, chameleonMetal } from './chameleon-leases';
import egiData from './egi.json';
import type { Listed } from './listed';
import { merge } from './merge';

const place = {
  id: z.string(),
  name: z.string(),
  country: z.string().length(2),
  city: z.string(),
  lat: z.number(),
  lon: z.number(),
  authUrl: z.url({ protocol: /^https?$/ }),
  methods: z.array(z.enum(['oidc', 'applicationCredential', 'password'])),
  identityProvider: z.string().optional(),
  protocol: z.string().optional(),
};
const egiSchema = z.object({
  asOf: z.iso.date(),
  sites: z.array(
    z.object({ ...place, gocdb: z.string().optional(), region: z.string().optional(), projects: z.record(z.string(), z.string()) }),
  ),
});
const chameleonSchema = z.object({
  asOf: z.iso.date(),
  sites: z.array(
    z.object({
      ...place,
      region: z.string(),
      kind: z.enum(['metal', 'vm']),
      applicationCredentialUrl: z.url({ protocol: /^https?$/ }),
    }),
  ),
});

const pilotVoUrl = 'https://aai.egi.eu/registry/co_petitions/start/coef:240';
const chameleonJoinUrl = 'https://chameleoncloud.org/learn/getting-started/';

/** The public client that Chameleon gives to programs (its `ccauth` uses it); one approval serves all of Chameleon's sites. */
const chameleonDevice: DeviceFlow = {
  name: 'Chameleon',
  issuer: 'https://auth.chameleoncloud.org/auth/realms/chameleon',
  clientId: 'chi-cli-device-token',
  scopes: 'openid',
  builtIn: true,
};

const egi = egiSchema.parse(egiData);
const chameleon = chameleonSchema.parse(chameleonData);

/** The snapshot of EGI's sites as its directory lists them. */
export function listedEgi(): Listed[] {
  return egi.sites.map(({ name, authUrl, projects }) => ({ name, authUrl, projects }));
}

/** The same of Chameleon's. */
export function listedChameleon(): Listed[] {
  return chameleon.sites.map(({ name, authUrl, region, kind }) => ({ name, authUrl, region, kind }));
}

/**
 * The sites of the EGI Federated Cloud and of Chameleon: those that Transat comes with, brought up to date by what their directories
 * listed last.
 * @param providers the configured sign-ins. A site takes one only where it is the issuer that the site is federated with,
 *   so that a token is never sent to a site that has no use for it.
 * @param listed what is kept of the directories; left out: nothing was read yet
 * @param tokenHosts hosts that the operator trusts with sign-ins, beside those of the snapshot
 */
export function directorySites(
  providers: readonly ProviderConfig[],
  listed: { egi?: Reading; chameleon?: Reading } = {},
  tokenHosts: readonly string[] = [],
): Site[] {
  const trusts = (authUrl: string) => tokenHosts.includes(new URL(authUrl).host);
  const egiSignIn = providerAt(providers, 'egi.eu');
  const chameleonSignIn = providerAt(providers, 'chameleoncloud.org');
  const egiSites = merge(
    egi.sites.map((site) => egiSite(site, egiSignIn)),
    listed.egi?.sites ?? [],
    ({ name, authUrl, projects = {}, goneSince }, id) => ({
      ...egiSite(
        { id, name, authUrl, projects, methods: ['oidc', 'applicationCredential'], identityProvider: 'egi.eu', protocol: 'openid' },
        egiSignIn,
      ),
      ...(goneSince ? { goneSince } : {}),
    }),
    trusts,
  );
  const chameleonSites = merge(
    chameleon.sites.map((site) => chameleonSite(site, chameleonSignIn)),
    listed.chameleon?.sites ?? [],
    ({ name, authUrl, region, kind = 'metal', goneSince }, id) => ({
      ...chameleonSite(
        {
          id,
          name,
          authUrl,
          region,
          kind,
          methods: ['applicationCredential', 'oidc'],
          identityProvider: 'chameleon',
          protocol: 'openid',
          country: 'US',
          applicationCredentialUrl: horizonPage(authUrl),
        },
        chameleonSignIn,
      ),
      ...(goneSince ? { goneSince } : {}),
    }),
    trusts,
  );
  const dated = (sites: Site[], asOf: string) => sites.map((site) => ({ ...site, asOf }));
  return [
    ...dated(egiSites, listed.egi?.asOf ?? `${egi.asOf}T00:00:00.000Z`),
    ...dated(chameleonSites, listed.chameleon?.asOf ?? `${chameleon.asOf}T00:00:00.000Z`),
  ];
}

/** What is kept of a directory. */
interface Reading {
  sites: readonly Listed[];
  /** ISO 8601 */
  asOf: string;
}

type Described = Pick<
  Site,
  'id' | 'name' | 'authUrl' | 'methods' | 'region' | 'identityProvider' | 'protocol' | 'country' | 'city' | 'lat' | 'lon'
>;

function egiSite(site: Described & Pick<Site, 'projects' | 'gocdb'>, oidcProvider: string | undefined): Site {
  return {
    ...site,
    provider: 'egi',
    gocdb: site.gocdb ?? site.name,
    methods: site.methods.filter((method) => method !== 'oidc' || oidcProvider !== undefined),
    oidcProvider: site.methods.includes('oidc') ? oidcProvider : undefined,
    features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
    rules: { enrolUrl: pilotVoUrl, applicationCredentialUrl: horizonPage(site.authUrl) },
  };
}

function chameleonSite(
  { kind, applicationCredentialUrl, ...site }: Described & { kind: 'metal' | 'vm'; applicationCredentialUrl: string },
  oidcProvider: string | undefined,
): Site {
  const metal = kind === 'metal';
  return {
    ...site,
    provider: 'chameleon',
    // the registry calls `CHI@UC` uc and `KVM@TACC` kvm
    registered: site.id.replace(/^chi-/, '').replace(/^kvm-.*/, 'kvm'),
    methods: site.methods.filter((method) => method !== 'oidc' || oidcProvider !== undefined),
    oidcProvider,
    deviceFlow: chameleonDevice,
    // bare-metal sites have no security groups (the node's own firewall does their work) and no block storage
    features: { leases: true, bareMetal: metal, volumes: !metal, floatingIps: true, securityGroups: !metal },
    rules: {
      // KVM@TACC leases its virtual machines, too, since August 2025 (chameleoncloud.org, changelog)
      ...(metal
        ? { bareMetalNetwork: 'sharednet1', bareMetalFlavors: ['baremetal'], serverDeadlineSeconds: 2400, leases: chameleonMetal }
        : { flavorLeases: true, leases: chameleonMachines }),
      enrolUrl: chameleonJoinUrl,
      applicationCredentialUrl,
    },
  };
}

function providerAt(providers: readonly ProviderConfig[], domain: string): string | undefined {
  return providers.find(({ issuer }) => new URL(issuer).hostname.endsWith(`.${domain}`))?.id;
}

// Horizon stands on the same machine as Keystone at most sites; where it does not, the page leads nowhere and says so itself.
function horizonPage(authUrl: string): string {
  return `https://${new URL(authUrl).hostname}/identity/application_credentials/`;
}
