import { describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { fromWire, toWire } from '@/lib/oscar/wire';
import { asWish, plainWish, without } from './definitions';

const service = (environment: unknown, more: object = {}) => {
  const made = fromWire(
    toWire({ name: 'fish', clusterId: 'eu', image: 'x:1', script: 'run', cpu: '1', memory: '1Gi', input: [], output: [] }, '4.1'),
  );
  return { ...made, definition: new Secret<Record<string, unknown>>({ name: 'fish', environment, ...more }) };
};

describe('a service as it is, for a change of something else', () => {
  test.each<[string, unknown, Record<string, string>]>([
    ['with secrets that its cluster tells', { secrets: { A: 'a', B: 'b' } }, { A: 'a', B: 'b' }],
    ['with none', { secrets: {} }, {}],
    ['with null', { secrets: null }, {}],
    ['with variables alone', { variables: { A: 'a' } }, {}],
    ['without an environment', undefined, {}],
    ['with an environment of null', null, {}],
    ['with an environment that is none', 'secrets', {}],
  ])('%s', (_name, environment, secrets) => {
    const there = service(environment);
    const wish = asWish(there);
    expect(Object.fromEntries(Object.entries(wish.secrets ?? {}).map(([name, value]) => [name, value.reveal()]))).toEqual(secrets);
    expect({ ...wish, secrets: {} }).toEqual(plainWish(there));
    expect(plainWish(there)).toMatchObject({ name: 'fish', clusterId: 'eu', image: 'x:1' });
  });

  test.each<[string, unknown]>([
    ['all empty', { A: '' }],
    ['one empty', { A: 'a', B: '' }],
    ['one that is no text', { A: 'a', B: null }],
    ['numbers', { A: 7 }],
  ])('is not changed where its cluster does not tell its secrets: %s', (_name, secrets) => {
    expect(() => asWish(service({ secrets }))).toThrow(
      expect.objectContaining({
        code: 'conflict',
        title: 'A change would empty the secrets of “fish”',
        detail: 'The service has secrets that its cluster tells nobody, and every change writes all of a service anew.',
        remedy: 'Change the service yourself and type its secrets in again, or move them into the image or a bucket.',
      }),
    );
  });

  test('is asked for without secrets where they are to go', () => {
    expect(plainWish({ ...service({ secrets: { A: '' } }), secrets: ['A'] }).secrets).toEqual({});
  });
});

describe('a service without how some clusters are reached', () => {
  const left = (more: object) => without(service({}, more), ['us']).definition.reveal();
  test('has the others, and their storages', () => {
    const stores = { minio: { us: 1, default: 2 }, us: 3, s3: { us: 4 } };
    expect(left({ clusters: { us: 1, eu: 2 }, storage_providers: stores })).toEqual({
      name: 'fish',
      environment: {},
      clusters: { eu: 2 },
      storage_providers: { minio: { default: 2 }, s3: { us: 4 } },
    });
  });

  test('has none where it had none', () => {
    expect(left({})).toEqual({ name: 'fish', environment: {}, clusters: {}, storage_providers: {} });
    expect(left({ clusters: null, storage_providers: { s3: 1 } })).toMatchObject({ clusters: {}, storage_providers: { s3: 1 } });
  });

  test('is otherwise as it was', () => {
    const there = service({}, { clusters: { us: 1 } });
    expect({ ...without(there, ['us']), definition: null }).toEqual({ ...there, definition: null });
    expect(there.definition.reveal()).toMatchObject({ clusters: { us: 1 } });
  });
});
