import type { Person } from '@/lib/auth/types';
import type { Problem } from '@/lib/core/errors';
import type { SiteAccess } from '@/lib/sites';
import { longestDays } from '@/lib/sites/longest-days';
import type { Site } from '@/lib/sites/types';
import type { InnerProblem } from './contract/common';
import type { Me } from './contract/people';
import type { SiteView } from './contract/sites';

/** A person as `/me` shows them. */
export function meView({ id, name, email, issuer, provider, groups, csrf }: Person): Me {
  return { id, name, email, issuer, provider, groups, csrf };
}

/** A problem inside of an answer. */
export function problemView(problem: Problem | null | undefined): InnerProblem | null {
  return problem ?? null;
}

/** A site, and what the person can do there as far as it is known. */
export function siteView(site: Site, access: SiteAccess | undefined): SiteView {
  return {
    id: site.id,
    name: site.name,
    provider: site.provider,
    country: site.country ?? null,
    city: site.city ?? null,
    lat: site.lat ?? null,
    lon: site.lon ?? null,
    authUrl: site.authUrl,
    region: site.region ?? null,
    methods: site.methods,
    features: site.features,
    access: access?.access ?? 'unknown',
    reason: problemView(access?.reason),
    projects: access?.projects ?? [],
    enrolUrl: site.rules.enrolUrl ?? null,
    applicationCredentialUrl: site.rules.applicationCredentialUrl ?? null,
    applicationCredentialMaxDays: longestDays(site),
    deviceProvider: site.deviceFlow?.name ?? null,
    sandbox: site.sandbox ?? false,
    identityProvider: site.identityProvider ?? null,
    protocol: site.protocol ?? null,
    own: site.own ?? false,
    asOf: site.asOf ?? null,
    goneSince: site.goneSince ?? null,
    downtimes: [...(site.downtimes ?? [])],
    ca: (site.own && site.ca) || null,
  };
}
