import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeStreams } from '@/lib/web/stream';
import { missingParts, partsOf } from './parts';
import { ObjectStore } from './store';
import { upload } from './upload';

let oscar: TestOscar;
let store: ObjectStore;
const peer = { id: 'here', name: 'OSCAR here', allowPrivate: true };
const access = (more = {}) => ({
  endpoint: oscar.minioUrl,
  region: 'us-east-1',
  accessKey: oscar.minio.accessKey,
  secretKey: new Secret(oscar.minio.secretKey),
  verify: false,
  ...more,
});
beforeAll(async () => {
  oscar = await startTestOscar('4.1');
  store = new ObjectStore(access(), peer);
});
afterAll(async () => {
  await closeStreams();
  await oscar.end();
});

const bytes = Buffer.alloc(20 * 1024 * 1024, 'across the ocean ');
const source = { bytes: bytes.length, type: 'text/plain', read: async (start: number, end: number) => bytes.subarray(start, end) };
const textOf = async (key: string, range?: { start: number; end: number }) =>
  Buffer.concat(await (await store.get('pictures', key, range)).body.toArray()).toString();

describe('a storage', () => {
  beforeAll(() => store.createBucket('pictures'));

  test('keeps files, and gives them back whole and in part', async () => {
    expect([await store.hasBucket('pictures'), await store.hasBucket('none-such')]).toEqual([true, false]);
    await store.put('pictures', 'in/ä b+c!.txt', Buffer.from('hello'), { bytes: 5, type: 'text/plain' });
    expect(await store.head('pictures', 'in/ä b+c!.txt')).toMatchObject({ bytes: 5, type: 'text/plain', modifiedAt: expect.any(String) });
    expect([await textOf('in/ä b+c!.txt'), await textOf('in/ä b+c!.txt', { start: 1, end: 3 })]).toEqual(['hello', 'ell']);
    expect(await store.head('pictures', 'none')).toBeNull();
    expect(await store.list('pictures', '')).toMatchObject({ folders: ['in/'], objects: [], next: null });
    expect(await store.list('pictures', 'in/')).toMatchObject({ folders: [], objects: [{ key: 'in/ä b+c!.txt', bytes: 5 }] });
  });

  test('lists in pages', async () => {
    for (const name of ['a', 'b', 'c']) await store.put('pictures', `pages/${name}`, Buffer.from(name), { bytes: 1 });
    const first = await store.list('pictures', 'pages/', { limit: 2 });
    const second = await store.list('pictures', 'pages/', { limit: 2, from: first.next ?? undefined });
    expect([first, second].map(({ objects }) => objects.map(({ key }) => key))).toEqual([['pages/a', 'pages/b'], ['pages/c']]);
    await store.remove('pictures', ['pages/a', 'pages/b', 'pages/c', 'pages/none']);
    expect((await store.list('pictures', 'pages/')).objects).toEqual([]);
  });

  test('signs addresses that work without keys', async () => {
    const to = await store.presign('pictures', 'signed.txt', 'write', 60);
    expect((await fetch(to, { method: 'PUT', body: 'signed' })).status).toBe(200);
    expect(await (await fetch(await store.presign('pictures', 'signed.txt', 'read', 60))).text()).toBe('signed');
    expect(to).not.toContain(oscar.minio.secretKey);
  });

  test('takes a large file in parts, and tells how far it is', async () => {
    const told: number[] = [];
    const etag = await upload(store, source, { bucket: 'pictures', key: 'large.txt', onProgress: (sent) => told.push(sent) });
    expect(etag).toMatch(/-3$/);
    expect(told).toEqual([0, 8, 16, 20].map((mib) => mib * 1024 * 1024));
    expect(await textOf('large.txt', { start: bytes.length - 17, end: bytes.length - 1 })).toBe(bytes.subarray(-17).toString());
  });

  test('goes on with an upload that was cut off: what is there is not sent again', async () => {
    const cut = new AbortController();
    const read: number[] = [];
    const watched = {
      ...source,
      read: (start: number, end: number) => {
        read.push(start / 1024 / 1024);
        return source.read(start, end);
      },
    };
    const options = {
      bucket: 'pictures',
      key: 'cut.txt',
      signal: cut.signal,
      onProgress: (sent: number) => sent >= 8 * 1024 * 1024 && cut.abort(),
    };
    await expect(upload(store, watched, options)).rejects.toThrow();
    expect(await store.head('pictures', 'cut.txt')).toBeNull();
    await upload(store, watched, { bucket: 'pictures', key: 'cut.txt' });
    expect(read).toEqual([0, 8, 16]);
    expect(await store.head('pictures', 'cut.txt')).toMatchObject({ bytes: bytes.length, type: 'text/plain' });
    expect(await store.openUpload('pictures', 'cut.txt')).toBeNull();
  });

  test('signs addresses of parts, so that a browser can send them', async () => {
    const id = await store.beginUpload('pictures', 'browser.txt', 'text/plain');
    const address = await store.presignPart('pictures', 'browser.txt', id, 1, 60);
    expect((await fetch(address, { method: 'PUT', body: 'one part' })).status).toBe(200);
    await store.completeUpload('pictures', 'browser.txt', id, await store.storedParts('pictures', 'browser.txt', id));
    expect(await textOf('browser.txt')).toBe('one part');
    const other = await store.beginUpload('pictures', 'browser.txt');
    await store.abortUpload('pictures', 'browser.txt', other);
    await expect(store.storedParts('pictures', 'browser.txt', other)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is asked again while it starts', async () => {
    oscar.cluster.world.faults.add({ match: { service: 's3' }, answer: { status: 503 }, times: 1 });
    expect(await store.buckets()).toContain('pictures');
  });
});

describe('what goes wrong is explained', () => {
  test.each([
    ['unknown keys', { accessKey: 'nobody' }, 'credential-invalid'],
    ['a wrong key', { secretKey: new Secret('wrong') }, 'credential-invalid'],
  ])('%s', async (_what, more, code) => {
    const error: unknown = await new ObjectStore(access(more), peer).buckets().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code,
      detail: 'The storage of OSCAR here did not list its buckets.',
      upstream: { service: 's3', status: 403 },
    });
  });

  test('a bucket that is not there, one that is there already, and one that has no name', async () => {
    await expect(store.list('none-such', '')).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.createBucket('pictures')).rejects.toMatchObject({ code: 'conflict' });
    await expect(store.createBucket('A_B')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('an address inside the operator’s network is not gone to, whoever names it', async () => {
    const guarded = new ObjectStore(access(), { ...peer, id: 'guarded', allowPrivate: false });
    await expect(guarded.buckets()).rejects.toMatchObject({ code: 'site-address-refused' });
  });

  test('a storage that is gone', async () => {
    const gone = new ObjectStore(access({ endpoint: 'http://127.0.0.1:9999' }), { ...peer, id: 'gone' });
    await expect(gone.buckets()).rejects.toMatchObject({ code: 'site-unreachable' });
  });
});

test('parts cover a file without gap or overlap, and are few enough for S3', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 * 1024 ** 4 }), (size) => {
      const parts = partsOf(size);
      expect(parts.length).toBeLessThanOrEqual(10_000);
      expect([parts[0]?.start, parts.at(-1)?.end]).toEqual([0, size]);
      const broken = parts.find(
        ({ number, start, end }, index) => number !== index + 1 || (index > 0 && start !== parts[index - 1]?.end) || end < start,
      );
      const small = parts.slice(0, -1).find(({ start, end }) => end - start < 5 * 1024 ** 2);
      expect([broken, small]).toEqual([undefined, undefined]);
    }),
    { numRuns: 50 },
  );
});

test('a part that is there with another size is sent again', () => {
  const parts = partsOf(20 * 1024 * 1024);
  const stored = [
    { number: 1, size: 8 * 1024 * 1024, etag: 'a' },
    { number: 2, size: 5, etag: 'b' },
  ];
  expect(missingParts(parts, stored).map(({ number }) => number)).toEqual([2, 3]);
});
