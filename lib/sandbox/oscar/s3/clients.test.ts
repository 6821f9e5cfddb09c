import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Client } from 'minio';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestOscar, type TestOscar } from '../testing/start';

// The clients that people use, unchanged, against the sandbox's MinIO.
let oscar: TestOscar;
let minio: Client;
let aws: S3Client;

beforeAll(async () => {
  oscar = await startTestOscar('4.1');
  const { accessKey, secretKey } = oscar.minio;
  minio = new Client({ endPoint: '127.0.0.1', port: Number(new URL(oscar.minioUrl).port), useSSL: false, accessKey, secretKey });
  aws = new S3Client({
    endpoint: oscar.minioUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    maxAttempts: 1,
  });
});
afterAll(() => oscar.end());
beforeEach(() => {
  for (const name of oscar.cluster.world.state.buckets.map((bucket) => bucket.name)) oscar.cluster.world.removeBucket(name);
});

const textOf = async (stream: Readable) => Buffer.concat(await stream.toArray()).toString('utf8');
const large = Buffer.alloc(12 * 1024 * 1024, 'Transat ');

describe('minio', () => {
  test('makes a bucket, puts, lists, reads and removes', async () => {
    await minio.makeBucket('fish', 'us-east-1');
    expect(await minio.bucketExists('fish')).toBe(true);
    expect(await minio.bucketExists('other')).toBe(false);
    await minio.putObject('fish', 'in/ä b+c.txt', 'hello', 5, { 'Content-Type': 'text/plain', 'x-amz-meta-who': 'ada' });
    const stat = await minio.statObject('fish', 'in/ä b+c.txt');
    expect(stat).toMatchObject({ size: 5, metaData: { who: 'ada', 'content-type': 'text/plain' } });
    expect(await textOf(await minio.getObject('fish', 'in/ä b+c.txt'))).toBe('hello');
    expect(await textOf(await minio.getPartialObject('fish', 'in/ä b+c.txt', 1, 3))).toBe('ell');
    expect((await minio.listObjectsV2('fish', '', true).toArray()).map(({ name }) => name)).toEqual(['in/ä b+c.txt']);
    expect((await minio.listObjects('fish', '', false).toArray()).map(({ prefix }) => prefix)).toEqual(['in/']);
    await expect(minio.removeBucket('fish')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
    await minio.removeObjects('fish', ['in/ä b+c.txt']);
    await minio.removeBucket('fish');
    expect(await minio.listBuckets()).toEqual([]);
  });

  test('uploads a stream of unknown length in parts', async () => {
    await minio.makeBucket('large');
    await minio.putObject('large', 'a.bin', Readable.from([large.subarray(0, 7_000_000), large.subarray(7_000_000)]));
    const { size, etag } = await minio.statObject('large', 'a.bin');
    expect({ size, parts: etag.split('-')[1] }).toEqual({ size: large.length, parts: '1' });
  });

  test('signs addresses that work without keys', async () => {
    await minio.makeBucket('signed');
    const to = await minio.presignedPutObject('signed', 'x.txt', 60);
    expect((await fetch(to, { method: 'PUT', body: 'by address' })).status).toBe(200);
    const from = await minio.presignedGetObject('signed', 'x.txt', 60);
    expect(await (await fetch(from)).text()).toBe('by address');
    expect((await fetch(from.replace('x.txt', 'y.txt'))).status).toBe(403);
  });

  test('hears of files as they come', async () => {
    await minio.makeBucket('heard');
    const listener = minio.listenBucketNotification('heard', 'out/', '.png', ['s3:ObjectCreated:*']);
    const heard = new Promise((resolve) => listener.once('notification', resolve));
    await expect.poll(() => oscar.cluster.world.listeners.size).toBeGreaterThan(1);
    await minio.putObject('heard', 'in/a.png', 'x');
    await minio.putObject('heard', 'out/b c.png', 'x');
    expect(await heard).toMatchObject({ s3: { object: { key: 'out%2Fb+c.png' } } });
    listener.stop();
  });

  test.each([
    ['wrong', { secretKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['unknown', { accessKey: 'nobody' }, 'InvalidAccessKeyId'],
  ])('is refused with a key that is %s', async (_what, keys, code) => {
    const port = Number(new URL(oscar.minioUrl).port);
    const stranger = new Client({ endPoint: '127.0.0.1', port, useSSL: false, ...oscar.minio, ...keys });
    await expect(stranger.listBuckets()).rejects.toMatchObject({ code });
  });
});

describe('@aws-sdk/client-s3', () => {
  const Bucket = 'aws';
  beforeEach(() => aws.send(new CreateBucketCommand({ Bucket })));

  test('puts with its checksum, reads back, copies, pages and deletes', async () => {
    for (const Key of ['a', 'b', 'c']) await aws.send(new PutObjectCommand({ Bucket, Key, Body: `content of ${Key}` }));
    const got = await aws.send(new GetObjectCommand({ Bucket, Key: 'b' }));
    expect(await got.Body?.transformToString()).toBe('content of b');
    await aws.send(new CopyObjectCommand({ Bucket, Key: 'd', CopySource: `${Bucket}/a` }));
    const first = await aws.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3 }));
    const second = await aws.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3, ContinuationToken: first.NextContinuationToken }));
    expect([first, second].map(({ Contents }) => Contents?.map(({ Key }) => Key))).toEqual([['a', 'b', 'c'], ['d']]);
    await aws.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'd' }] } }));
    await expect(aws.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('streams a body whose length it does not know beforehand', async () => {
    const Body = Readable.from([Buffer.from('one '), Buffer.from('two')]);
    await aws.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 7 }));
    const got = await aws.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(await got.Body?.transformToString()).toBe('one two');
  });

  test('goes on with an upload in parts, and can give it up', async () => {
    const Key = 'parts.bin';
    const { UploadId } = await aws.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const size = 5 * 1024 * 1024;
    const part = async (PartNumber: number, Body: Buffer) => {
      const { ETag } = await aws.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    const one = await part(1, large.subarray(0, size));
    const two = await part(2, large.subarray(size, size + 1000));
    const listed = await aws.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, size],
      [2, 1000],
    ]);
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      aws.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    await expect(complete([two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ ...one, ETag: '"0"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    expect((await complete([one, two])).ETag).toMatch(/-2"$/);
    const got = await aws.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${size}-` }));
    expect((await got.Body?.transformToByteArray())?.length).toBe(1000);
    await expect(complete([one])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    const other = await aws.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await aws.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: other.UploadId }));
    expect(oscar.cluster.world.state.uploads).toEqual([]);
  });

  test('signs an address, which ends', async () => {
    await aws.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }));
    const address = await getSignedUrl(aws, new GetObjectCommand({ Bucket, Key: 'x' }), { expiresIn: 60 });
    expect((await fetch(address)).status).toBe(200);
    const old = await getSignedUrl(aws, new GetObjectCommand({ Bucket, Key: 'x' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 120_000),
    });
    expect((await fetch(old)).status).toBe(403);
  });

  test.each([
    ['leads out of a folder', '../x'],
    ['leads out of two', 'a/../../x'],
    ['is a name of the language', '__proto__'],
    ['stays where it is', 'a/./b'],
    ['is too long', 'k'.repeat(1025)],
  ])('a key that %s is refused', async (_what, Key) => {
    await expect(aws.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });

  test('nothing is kept of a body whose digest is another', async () => {
    const wrong = new PutObjectCommand({ Bucket, Key: 'x', Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' });
    await expect(aws.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(aws.send(new HeadObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

test('MinIO asks for patience while it starts again', async () => {
  const { world } = oscar.cluster;
  world.state.minioBackAt = world.now() + 1000;
  await expect(minio.listBuckets()).rejects.toThrow();
  world.state.minioBackAt = 0;
  expect(await minio.listBuckets()).toEqual([]);
});
