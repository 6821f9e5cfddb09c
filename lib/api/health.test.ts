import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { checkReader } from './health';

const token = new Secret('s3cret-of-prometheus');
const [here, there] = ['http://localhost:3000', 'https://transat.example.org'];
const asked = (peer: string, authorization?: string) =>
  new Headers({ 'x-transat-peer': peer, ...(authorization ? { authorization } : {}) });

test.each([
  ['on this machine, without a token', asked('127.0.0.1'), undefined, here],
  ['on this machine, by its address', asked('127.0.0.1'), undefined, 'http://127.0.0.1:8080'],
  ['elsewhere, with the token', asked('192.0.2.7', 'Bearer s3cret-of-prometheus'), token, there],
  ['on the machine that serves the world, with the token', asked('127.0.0.1', 'Bearer s3cret-of-prometheus'), token, there],
])('figures are told to a reader %s', (_, headers, metricsToken, url) => {
  expect(() => checkReader(headers, { metricsToken, url })).not.toThrow();
});

test.each([
  ['elsewhere, where there is no token', asked('192.0.2.7', 'Bearer undefined'), undefined, here],
  ['elsewhere, without the token', asked('192.0.2.7'), token, here],
  ['elsewhere, with a part of it', asked('192.0.2.7', 'Bearer s3cret'), token, here],
  ['elsewhere, with the token and more', asked('192.0.2.7', 'Bearer s3cret-of-prometheus2'), token, here],
  ['of whom nothing is known', asked(''), token, here],
  ['behind a proxy that says nothing, on the machine that serves the world', asked('127.0.0.1'), token, there],
  ['on the machine that serves the world, where there is no token', asked('127.0.0.1'), undefined, there],
])('figures are not told to a reader %s', (_, headers, metricsToken, url) => {
  expect(() => checkReader(headers, { metricsToken, url })).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
});
