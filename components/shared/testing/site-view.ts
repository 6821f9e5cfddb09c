import type { SiteView } from '@/lib/api/contract/sites';

/** A site as the API shows it, of which nothing special is known; tests change what they are about. */
export function siteView(over: Partial<SiteView> = {}): SiteView {
  return {
    id: 'site',
    name: 'Site',
    provider: 'egi',
    country: null,
    city: null,
    lat: null,
    lon: null,
    authUrl: '',
    region: null,
    methods: [],
    features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
    access: 'ready',
    reason: null,
    projects: [],
    enrolUrl: null,
    applicationCredentialUrl: null,
    sandbox: false,
    applicationCredentialMaxDays: 90,
    deviceProvider: null,
    identityProvider: null,
    protocol: null,
    own: false,
    asOf: null,
    goneSince: null,
    downtimes: [],
    ca: null,
    ...over,
  };
}
