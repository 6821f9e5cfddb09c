import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { federatedAuth, likelyNames } from './federated';

test.each([
  ['https://aai.egi.eu/auth/realms/egi', ['egi.eu', 'egi', 'aai.egi.eu']],
  ['https://auth.chameleoncloud.org/auth/realms/chameleon', ['chameleoncloud.org', 'chameleon', 'auth.chameleoncloud.org']],
  ['https://op.example.org', ['example.org', 'op.example.org']],
])('a site may know %s as %j', (issuer, names) => expect(likelyNames(issuer)).toEqual(names));

test('what a site is known to call it is used alone', () => {
  const token = () => Promise.resolve(new Secret('x'));
  expect(federatedAuth({ identityProvider: 'egi.eu', protocol: 'oidc' }, 'https://x.org', token)).toMatchObject({
    identityProvider: 'egi.eu',
    protocol: 'oidc',
  });
  expect(federatedAuth({ identityProvider: 'egi.eu' }, 'https://x.org', token)).not.toHaveProperty('otherNames');
  expect(federatedAuth({}, 'https://x.org', token)).toMatchObject({ identityProvider: 'x.org', otherNames: [], protocol: 'openid' });
});
