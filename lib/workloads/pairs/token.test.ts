import { expect, test } from 'vitest';
import { tokenFault } from './token';

const now = Date.parse('2026-11-21T12:00:00Z');
const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sign`;
const named = { iss: 'https://issuer.example', azp: 'token-portal' };

test.each([
  ['one that names its issuer and its client', jwt(named), null],
  ['one that ends in a second', jwt({ ...named, exp: now / 1000 + 1 }), null],
  ['one that ends now', jwt({ ...named, exp: now / 1000 }), /has ended/],
  ['what is no JWT', 'opaque-token', /JWT/],
  ['a JWT without its signature', jwt(named).split('.').slice(0, 2).join('.'), /JWT/],
  ['a JWT whose middle is no JSON', 'e30.!!!.sign', /JWT/],
  ['a JWT that names no client', jwt({ iss: named.iss }), /JWT/],
  ['a JWT that names no issuer', jwt({ azp: named.azp, iss: '' }), /JWT/],
])('of refresh tokens, %s', (_which, token, fault) => {
  const found = tokenFault(token, now);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
});
