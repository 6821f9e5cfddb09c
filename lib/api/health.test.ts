import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { checkReader } from './health';

const token = new Secret('s3cret-of-prometheus');
const asked = (peer: string, authorization?: string) =>
  new Headers({ 'x-transat-peer': peer, ...(authorization ? { authorization } : {}) });

test.each([
  ['on this machine, without a token', asked('127.0.0.1'), undefined],
  ['elsewhere, with the token', asked('192.0.2.7', 'Bearer s3cret-of-prometheus'), token],
])('figures are told to a reader %s', (_, headers, wanted) => {
  expect(() => checkReader(headers, wanted)).not.toThrow();
});

test.each([
  ['elsewhere, where there is no token', asked('192.0.2.7', 'Bearer undefined'), undefined],
  ['elsewhere, without the token', asked('192.0.2.7'), token],
  ['elsewhere, with a part of it', asked('192.0.2.7', 'Bearer s3cret'), token],
  ['elsewhere, with the token and more', asked('192.0.2.7', 'Bearer s3cret-of-prometheus2'), token],
  ['of whom nothing is known', asked(''), token],
])('figures are not told to a reader %s', (_, headers, wanted) => {
  expect(() => checkReader(headers, wanted)).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
});
