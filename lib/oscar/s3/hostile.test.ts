import { afterEach, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { closeStreams } from '@/lib/web/stream';
import { serve, type TestServer } from '@/lib/web/testing/http-server';
import { emptied } from './emptied';
import { ObjectStore } from './store';

let server: TestServer | undefined;
afterEach(async () => {
  await closeStreams();
  await server?.close();
});

const xml = { 'content-type': 'application/xml' };

/** A storage that answers as it likes. */
async function storageThat(answer: Parameters<typeof serve>[0]): Promise<ObjectStore> {
  server = await serve(answer);
  const access = { endpoint: server.url, region: 'us-east-1', accessKey: 'key', secretKey: new Secret('secret'), verify: false };
  return new ObjectStore(access, { id: 'here', name: 'OSCAR here', allowPrivate: true });
}

const listOf = (keys: string[], more: boolean) =>
  `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? '<NextContinuationToken>on</NextContinuationToken>' : ''}${keys
    .map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`)
    .join('')}</ListBucketResult>`;

test('what the storage kept of what was to be removed is an error, with its reason', async () => {
  const kept = '<DeleteResult><Error><Key>a.txt</Key><Code>AccessDenied</Code><Message>Locked</Message></Error></DeleteResult>';
  const store = await storageThat(() => ({ headers: xml, text: kept }));
  await expect(store.remove('b', ['a.txt'])).rejects.toMatchObject({
    code: 'forbidden',
    upstream: { message: 'AccessDenied: Locked (a.txt)' },
  });
});

test('what was not there counts as removed', async () => {
  const gone = '<DeleteResult><Error><Key>a.txt</Key><Code>NoSuchKey</Code></Error></DeleteResult>';
  const store = await storageThat(() => ({ headers: xml, text: gone }));
  await expect(store.remove('b', ['a.txt'])).resolves.toBeUndefined();
});

test('a bucket whose files stay though they are removed is given up, not emptied for ever', async () => {
  const store = await storageThat(({ method }) => ({ headers: xml, text: method === 'GET' ? listOf(['a.txt'], true) : '<DeleteResult/>' }));
  await expect(emptied(store, 'b')).rejects.toMatchObject({ code: 'upstream-failed', title: 'The storage keeps files of “b”' });
});
