import type { Site } from '../types';

/** A site of which nothing special is known; tests change what they are about. */
export function plainSite(over: Partial<Site> = {}): Site {
  return {
    id: 'x',
    name: 'X',
    provider: 'egi',
    authUrl: 'https://x.example.org/v3',
    methods: ['oidc'],
    features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
    rules: {},
    ...over,
  };
}
