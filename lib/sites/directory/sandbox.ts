import type { Site } from '../types';
import { chameleonMachines, chameleonMetal } from './chameleon-leases';
import type { Listed } from './listed';

/**
 * The sites of the sandbox: its clouds; one whose cloud is down, as it announced; and one that its directory no longer lists, so that both
 * can be seen without waiting for a real site to have it.
 * @param listed what is kept of the sandbox's directory; left out: nothing was read yet
 */
export function sandboxSites(sandboxUrl: string, listed: readonly Listed[] = []): Site[] {
  return all(sandboxUrl).map((site) => {
    const goneSince = listed.find(({ name }) => name === site.name)?.goneSince;
    return goneSince === undefined ? site : { ...site, goneSince };
  });
}

/** The snapshot of the sandbox's directory of sites of EGI. */
export function listedSandbox(sandboxUrl: string): Listed[] {
  return all(sandboxUrl)
    .filter(({ provider }) => provider === 'egi')
    .map(({ name, authUrl }) => ({ name, authUrl }));
}

/** Whether two entries of the sandbox's directory are one site: all its sites are at one host, so the name alone tells. */
export const isSameInSandbox = (a: Pick<Listed, 'name'>, b: Pick<Listed, 'name'>): boolean => a.name === b.name;

function all(sandboxUrl: string): Site[] {
  const european = (id: string, name: string, place: Pick<Site, 'country' | 'city' | 'lat' | 'lon'>): Site => ({
    id: `sandbox-${id}`,
    name,
    provider: 'egi',
    ...place,
    authUrl: `${sandboxUrl}/${id}/v3`,
    methods: ['oidc', 'applicationCredential'],
    identityProvider: 'egi.eu',
    protocol: 'openid',
    oidcProvider: 'sandbox',
    allowPrivate: true,
    features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
    rules: { applicationCredentialUrl: `${sandboxUrl}/europe/try-me` },
    sandbox: true,
    gocdb: name,
  });
  const american: Site = {
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
      leases: chameleonMetal,
    },
    registered: 'america',
    sandbox: true,
  };
  return [
    european('europe', 'Sandbox Europe', { country: 'BE', city: 'Brussels', lat: 50.85, lon: 4.35 }),
    american,
    {
      ...american,
      id: 'sandbox-kvm',
      name: 'Sandbox KVM',
      registered: 'america-kvm',
      city: 'Austin',
      lat: 30.27,
      lon: -97.74,
      authUrl: `${sandboxUrl}/america-kvm/v3`,
      deviceFlow: undefined,
      features: { leases: true, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
      rules: { flavorLeases: true, leases: chameleonMachines, applicationCredentialUrl: `${sandboxUrl}/america-kvm/try-me` },
    },
    european('portugal', 'Sandbox Portugal', { country: 'PT', city: 'Lisbon', lat: 38.72, lon: -9.14 }),
    european('poland', 'Sandbox Poland', { country: 'PL', city: 'Gdańsk', lat: 54.35, lon: 18.65 }),
  ];
}
