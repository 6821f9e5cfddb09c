import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import type { DeviceFlow, Site } from '../types';
import chameleonData from './chameleon.json';
import egiData from './egi.json';

const place = {
  id: z.string(),
  name: z.string(),
  country: z.string().length(2),
  city: z.string(),
  lat: z.number(),
  lon: z.number(),
  authUrl: z.url(),
  methods: z.array(z.enum(['oidc', 'applicationCredential', 'password'])),
  identityProvider: z.string().optional(),
  protocol: z.string().optional(),
};
const egiSchema = z.object({
  sites: z.array(z.object({ ...place, region: z.string().optional(), projects: z.record(z.string(), z.string()) })),
});
const chameleonSchema = z.object({
  sites: z.array(z.object({ ...place, region: z.string(), kind: z.enum(['metal', 'vm']), applicationCredentialUrl: z.url() })),
});

const pilotVoUrl = 'https://aai.egi.eu/registry/co_petitions/start/coef:240';
const chameleonJoinUrl = 'https://chameleoncloud.org/learn/getting-started/';

/** The public client that Chameleon gives to programs (its `ccauth` uses it); one approval serves all of Chameleon's sites. */
const chameleonDevice: DeviceFlow = {
  name: 'Chameleon',
  issuer: 'https://auth.chameleoncloud.org/auth/realms/chameleon',
  clientId: 'chi-cli-device-token',
  scopes: 'openid',
};

/**
 * The built-in directory: the sites of the EGI Federated Cloud and of Chameleon.
 * @param providers the configured sign-ins. A site takes one only where it is the issuer that the site is federated with,
 *   so that a token is never sent to a site that has no use for it.
 */
export function builtinSites(providers: readonly ProviderConfig[]): Site[] {
  return [...egiSites(providerAt(providers, 'egi.eu')), ...chameleonSites(providerAt(providers, 'chameleoncloud.org'))];
}

function egiSites(oidcProvider: string | undefined): Site[] {
  return egiSchema.parse(egiData).sites.map((site) => ({
    ...site,
    provider: 'egi',
    methods: site.methods.filter((method) => method !== 'oidc' || oidcProvider !== undefined),
    oidcProvider: site.methods.includes('oidc') ? oidcProvider : undefined,
    features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
    rules: { enrolUrl: pilotVoUrl, applicationCredentialUrl: horizonPage(site.authUrl) },
  }));
}

function chameleonSites(oidcProvider: string | undefined): Site[] {
  return chameleonSchema.parse(chameleonData).sites.map(({ kind, applicationCredentialUrl, ...site }) => {
    const metal = kind === 'metal';
    return {
      ...site,
      provider: 'chameleon',
      methods: site.methods.filter((method) => method !== 'oidc' || oidcProvider !== undefined),
      oidcProvider,
      deviceFlow: chameleonDevice,
      // bare-metal sites have no security groups (the node's own firewall does their work) and no block storage
      features: { leases: true, bareMetal: metal, volumes: !metal, floatingIps: true, securityGroups: !metal },
      rules: {
        ...(metal ? { bareMetalNetwork: 'sharednet1', bareMetalFlavors: ['baremetal'], serverDeadlineSeconds: 2400 } : {}),
        enrolUrl: chameleonJoinUrl,
        applicationCredentialUrl,
      },
    };
  });
}

function providerAt(providers: readonly ProviderConfig[], domain: string): string | undefined {
  return providers.find(({ issuer }) => new URL(issuer).hostname.endsWith(`.${domain}`))?.id;
}

// Horizon stands on the same machine as Keystone at most sites; where it does not, the page leads nowhere and says so itself.
function horizonPage(authUrl: string): string {
  return `https://${new URL(authUrl).hostname}/identity/application_credentials/`;
}
