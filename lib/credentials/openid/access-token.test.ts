import { UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { endOf, headerOf, isBearerToken, issuerOf, readPayload } from './access-token';

const now = new Date('2026-11-27T12:00:00Z');
const year = 366 * 86_400_000;

describe('a signed token is borne as an access token', () => {
  test.each<[string, { typ?: string }, Record<string, unknown>, boolean]>([
    ['without any mark', {}, {}, true],
    ['marked as JWT', { typ: 'JWT' }, {}, true],
    ['marked by RFC 9068', { typ: 'at+jwt' }, {}, true],
    ['marked by its whole media type', { typ: 'application/at+jwt' }, {}, true],
    ['Keycloak’s', { typ: 'JWT' }, { typ: 'Bearer', auth_time: 1, sid: 's' }, true],
    ['Cognito’s', {}, { token_use: 'access' }, true],
    ['an ID token of Keycloak’s', { typ: 'JWT' }, { typ: 'ID' }, false],
    ['a refresh token of Keycloak’s', { typ: 'JWT' }, { typ: 'Refresh' }, false],
    ['an offline token of Keycloak’s', { typ: 'JWT' }, { typ: 'Offline' }, false],
    ['an ID token of Cognito’s', {}, { token_use: 'id' }, false],
    ['an ID token with a nonce', {}, { nonce: 'n' }, false],
    ['an ID token that goes with an access token', {}, { at_hash: 'h' }, false],
    ['an ID token that goes with a code', {}, { c_hash: 'h' }, false],
    ['a logout token', { typ: 'logout+jwt' }, { events: {} }, false],
    ['a security event', { typ: 'secevent+jwt' }, {}, false],
    ['bound to a key (DPoP)', { typ: 'at+jwt' }, { cnf: { jkt: 'x' } }, false],
    ['of Keycloak’s, bound to a key', {}, { typ: 'DPoP' }, false],
    ['with a mark that is no text', {}, { typ: 7 }, false],
  ])('%s: %#', (_, header, payload, expected) => {
    expect(isBearerToken(header, payload)).toBe(expected);
  });
});

describe('the end of a token', () => {
  test.each<[number, number]>([
    [1_795_780_800, 1_795_780_800_000],
    [1_795_780_800.75, 1_795_780_800_750],
    [2 ** 31 + 5, now.getTime() + year],
    [9e15, now.getTime() + year],
    [Number.POSITIVE_INFINITY, now.getTime() + year],
    [-5, 0],
    [Number.NaN, 0],
  ])('%d seconds', (seconds, expected) => {
    expect(endOf(seconds, now).getTime()).toBe(expected);
  });
});

test('whom a token is for are its client and all of its audience', () => {
  const { parties, subject } = readPayload({ sub: 's', azp: 'cli', client_id: 'cli2', aud: ['api', 'account'], exp: 1 }, now);
  expect(parties).toEqual(['cli', 'cli2', 'api', 'account']);
  expect(subject).toBe('s');
  expect(readPayload({ aud: 'api', exp: 1 }, now).parties).toEqual(['api']);
  expect(readPayload({ exp: 1 }, now).parties).toEqual([]);
});

describe('what a token says of itself', () => {
  test.each<[string, string, string | undefined]>([
    ['an issuer', new UnsecuredJWT({ iss: 'https://id.example.org/realms/a' }).encode(), 'https://id.example.org/realms/a'],
    ['one with slashes behind it', new UnsecuredJWT({ iss: 'https://id.example.org/a//' }).encode(), 'https://id.example.org/a'],
    ['none', new UnsecuredJWT({}).encode(), ''],
    ['an opaque token', 'opaque', undefined],
  ])('is its issuer: %s', (_, token, issuer) => expect(issuerOf(new Secret(token))).toBe(issuer));

  test('is its header, or nothing', () => {
    expect(headerOf(new Secret(new UnsecuredJWT({}).encode()))).toEqual({ alg: 'none' });
    expect(headerOf(new Secret('opaque'))).toEqual({});
  });
});
