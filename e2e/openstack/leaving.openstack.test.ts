import { afterAll } from 'vitest';
import { leavingLeavesNothing } from '@/lib/api/testing/leaving';
import { closeDoors } from '@/lib/web';
import { lab, providerCa, providerUrl, tokensOf } from './lab';

afterAll(closeDoors);

leavingLeavesNothing('the real Keystone and its provider', {
  site: {
    id: 'lab',
    name: 'Lab',
    kind: 'egi',
    authUrl: lab.endpoint.authUrl,
    region: lab.endpoint.region,
    identityProvider: 'egi.eu',
    protocol: 'openid',
    methods: ['oidc'],
    allowPrivate: true,
  },
  provider: { issuer: providerUrl, clientId: 'cli', ca: providerCa },
  tokens: () => tokensOf('alice'),
});
