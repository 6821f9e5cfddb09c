import { Readable } from 'node:stream';
import { listBuckets, makeBucket, removeBucket } from '@/lib/workloads/buckets/buckets';
import { listFiles, readFile, removeFiles, writeFile } from '@/lib/workloads/buckets/files';
import {
  bucketSchema,
  fileQuerySchema,
  filesQuerySchema,
  filesSchema,
  newBucketSchema,
  oneFileQuerySchema,
  writtenSchema,
} from '../../contract/buckets';
import { listOf } from '../../contract/common';
import { lengthOf, sentBody } from '../../http/file-body';
import { common } from '../../http/reply';
import { route } from '../../http/route';

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
const writing = { name: 'write-files', most: 1200, seconds: 600 };
/** As much of a text is shown. */
const PREVIEW_BYTES = 256 * 1024;
/** Pictures that a browser shows without running anything of theirs. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Whatever somebody put into a bucket runs nothing here. */
const harmless = { 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin' };

/** Buckets of OSCAR clusters and the files in them, which pass through here: browsers are given no key. */
export const bucketRoutes = [
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/buckets',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'The buckets of a cluster that you may see there',
      answers: { 200: listOf(bucketSchema) },
    },
    async ({ person, params, services }) => ({ body: { items: await listBuckets(services, person.id, params.id), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/buckets',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Make a bucket',
      body: newBucketSchema,
      answers: { 201: null },
    },
    async ({ person, params, body, services }) => {
      await makeBucket(services, person.id, params.id, body);
      return { status: 201 };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/buckets/{bucket}',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Remove a bucket with all that is in it; one that came with a service goes with that',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeBucket(services, person.id, params.id, params.bucket);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/buckets/{bucket}/objects',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'The files and folders in a folder of a bucket',
      query: filesQuerySchema,
      answers: { 200: filesSchema },
    },
    async ({ person, params, query, services }) => {
      const { objects, folders, next } = await listFiles(services, person.id, params.id, params.bucket, query.folder, query.cursor);
      return { body: { items: objects, folders, next } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/buckets/{bucket}/objects',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      streams: true,
      summary:
        'Put a file into a bucket: its bytes are the body, which passes on as it comes. A job of the service that watches the folder begins',
      query: oneFileQuerySchema,
      answers: { 201: writtenSchema },
    },
    async ({ person, params, query: { key }, services, request, signal }) => {
      const bytes = lengthOf(request);
      const body = sentBody(request);
      const type = request.headers.get('content-type') ?? undefined;
      const etag = await writeFile(services, person.id, params.id, { bucket: params.bucket, key }, { bytes, type, body, signal });
      return { status: 201, body: { key, bytes, etag } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/buckets/{bucket}/file',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      streams: true,
      summary: 'A file of a bucket, to be kept, or to be looked at: a picture as it is, of anything else the beginning as text',
      query: fileQuerySchema,
      answers: { 200: 'stream' },
    },
    async ({ person, params, query, services, requestId }) => {
      const preview = query.as === 'preview';
      const picture = pictures.find((type) => query.key.toLowerCase().endsWith(type.replace('image/', '.')) || isJpeg(type, query.key));
      const most = preview && !picture ? PREVIEW_BYTES : undefined;
      const { bytes, body } = await readFile(services, person.id, params.id, params.bucket, query.key, most);
      const shown = picture ?? 'text/plain; charset=utf-8';
      const headers = {
        ...common,
        ...harmless,
        'content-type': preview ? shown : 'application/octet-stream',
        'content-disposition': preview
          ? 'inline'
          : `attachment; filename*=UTF-8''${encodeURIComponent((query.key.split('/').at(-1) ?? 'file').toWellFormed())}`,
        'content-length': String(bytes),
        'x-request-id': requestId,
      };
      return new Response(Readable.toWeb(body) as ReadableStream, { headers });
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/buckets/{bucket}/objects',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Remove a file of a bucket; one that is not there counts as removed',
      query: oneFileQuerySchema,
      answers: { 204: null },
    },
    async ({ person, params, query, services }) => {
      await removeFiles(services, person.id, params.id, params.bucket, [query.key]);
      return {};
    },
  ),
];

const isJpeg = (type: string, key: string) => type === 'image/jpeg' && /\.jpe?g$/i.test(key);
