import { describe, expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { translator } from '@/components/messages/translate';
import type { SiteView } from '@/lib/api/contract/sites';
import { remedies } from './site-access';
import { siteView } from './testing/site-view';
import { withQuery } from './with-query';

const site = (over: Partial<SiteView>) =>
  siteView({
    id: 'uc',
    name: 'CHI@UC',
    provider: 'chameleon',
    authUrl: 'https://uc.example.org/v3',
    methods: ['applicationCredential'],
    features: { leases: true, bareMetal: true, volumes: false, floatingIps: true, securityGroups: true },
    access: 'needs-credential',
    ...over,
  });
const labels = (over: Partial<SiteView>, signedIn = true) => remedies(site(over), signedIn).map(({ label }) => label(translator('en', en)));

describe('what opens a site', () => {
  it('is an account of its own provider before a credential, where one can be connected', () =>
    expect(labels({ deviceProvider: 'Chameleon' })).toEqual(['Connect with Chameleon', 'Add a credential']));
  it('is signing in, for those who have not', () => expect(labels({}, false)).toEqual(['Sign in']));
  it('is a credential, and the page where one is made', () =>
    expect(labels({ applicationCredentialUrl: 'https://uc.example.org/credentials' })).toEqual([
      'Add a credential',
      'Make one at the site',
    ]));
  it('is enrolling, where the organisation is not known there', () =>
    expect(labels({ access: 'denied', methods: ['oidc'], enrolUrl: 'https://example.org/enrol' })).toEqual(['Enrol']));
  it('leads back to the form that one was at', () =>
    expect(withQuery('/settings/credentials?site=uc', 'back', '/deploy/slurm?step=placement')).toBe(
      '/settings/credentials?site=uc&back=%2Fdeploy%2Fslurm%3Fstep%3Dplacement',
    ));
  it('is nothing for a site that is open, or that does not answer', () => {
    expect(labels({ access: 'ready' })).toEqual([]);
    expect(labels({ access: 'unreachable' })).toEqual([]);
  });
});
