import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { movedAway, noAnswer, notReady, notUnderstood, refusedBy, wordsOf } from './errors';

const place = { address: 'https://vault.example.org:8200' } as Parameters<typeof noAnswer>[0];

describe('what a secrets store says of an error', () => {
  test.each<[json: unknown, sent: unknown, words: string]>([
    [{ errors: ['permission  denied', 'no\npolicy'] }, {}, 'permission denied; no policy'],
    [{ errors: [] }, {}, ''],
    [{ errors: 'permission denied' }, {}, ''],
    [{ errors: [1] }, {}, ''],
    ['not json', {}, ''],
    [{ errors: ['bad value hunter22 in secret'] }, { data: { password: 'hunter22' } }, 'bad value *** in secret'],
    [{ errors: ['bad value aHVudGVyMjI= in secret'] }, { list: [{ password: 'hunter22' }] }, 'bad value *** in secret'],
    [{ errors: ['the mount abc is gone'] }, { path: 'abc' }, 'the mount abc is gone'],
    [{ errors: ['found secret-longer'] }, ['secret', 'secret-longer'], 'found ***'],
    [{ errors: ['one'] }, null, 'one'],
  ])('%j, when %j was sent, is told as: %s', (json, sent, words) => expect(wordsOf(json, sent)).toBe(words));

  test('is never told at length', () => expect(wordsOf({ errors: ['x'.repeat(1000)] }, {})).toHaveLength(300));
});

describe('a secrets store', () => {
  test.each<[error: unknown, reason: string]>([
    [new TypeError('fetch failed'), 'TypeError'],
    [
      new AppError({ code: 'site-unreachable', title: '', upstream: { service: 'x', message: 'ECONNREFUSED: connect 10.0.0.1' } }),
      'ECONNREFUSED',
    ],
    [new AppError({ code: 'deadline-passed', title: '' }), 'deadline'],
    ['a text', 'unknown'],
  ])('that gives no answer is told with the reason in a word: %s', (error, reason) => {
    expect(noAnswer(place, error, 2500)).toMatchObject({
      code: 'upstream-failed',
      title: 'The secrets store does not answer',
      detail: `The secrets store at https://vault.example.org:8200 did not answer within 2.5 s (${reason}).`,
      remedy: 'Try again in a minute. If it stays, the operator must look after the secrets store.',
      upstream: { service: 'secrets-store', message: reason },
    });
  });

  test('whose certificate nobody vouches for is told with where to name its authority', () => {
    const said = noAnswer(place, new AppError({ code: 'site-tls-untrusted', title: '' }), 1000);
    expect(said.cause).toBe('Its certificate is not signed by an authority that Transat knows, or is for another name.');
    expect(said.remedy).toContain('`caFile` in the section `vault`');
  });

  test.each([
    [503, 'Vault is sealed', 'The secrets store is sealed', 'until it is unsealed', 'must unseal it'],
    [
      429,
      'quota exceeded',
      'The secrets store takes no more requests now',
      'A quota of requests is used up there.',
      'Try again in a minute.',
    ],
    [473, '', 'The secrets store is not ready', 'It is starting, in maintenance, or has no active node.', 'Try again in a minute.'],
  ])('that is not ready (%d %s) is told as what it is', (status, words, title, cause, remedy) => {
    expect(notReady(place, status, words)).toMatchObject({
      code: 'upstream-failed',
      title,
      detail: `The secrets store at https://vault.example.org:8200 answered with status ${status}${words && ` (${words})`}.`,
      cause: expect.stringContaining(cause),
      remedy: expect.stringContaining(remedy),
      upstream: { service: 'secrets-store', status, message: words || `status ${status}` },
    });
  });

  test.each([
    [403, 'permission denied', 'The login of Transat has no policy that allows it, or the login ended.'],
    [404, '', 'A mount, key or path of the section `vault` of the configuration is not there, or of another kind.'],
  ])('that refuses (%d %s) is told with what was asked of it', (status, words, cause) => {
    expect(refusedBy(place, status, words, 'read a secret')).toMatchObject({
      code: 'upstream-refused',
      detail: `The secrets store at https://vault.example.org:8200 did not let Transat read a secret: status ${status}${words && ` (${words})`}.`,
      cause,
      upstream: { service: 'secrets-store', status, message: words || `status ${status}` },
    });
  });

  test('that sends elsewhere is not followed, and one that is none is told as such', () => {
    expect(movedAway(place, 307)).toMatchObject({
      code: 'upstream-failed',
      detail: expect.stringContaining('(status 307)'),
      upstream: { service: 'secrets-store', status: 307, message: 'status 307' },
    });
    expect(notUnderstood(place, 200, 'wrap a key')).toMatchObject({
      code: 'upstream-refused',
      detail: 'The answer of https://vault.example.org:8200 to the try to wrap a key (status 200) is not one of Vault’s or OpenBao’s API.',
      upstream: { service: 'secrets-store', status: 200, message: 'unreadable answer' },
    });
  });
});
