import { beginLarge, dropLarge, endLarge, putLarge } from '@/lib/workloads/buckets/large-files';
import {
  beginUploadSchema,
  endUploadSchema,
  largeUploadSchema,
  oneFileQuerySchema,
  partQuerySchema,
  uploadQuerySchema,
  writtenSchema,
} from '../../contract/buckets';
import { lengthOf, sentBody } from '../../http/file-body';
import { route } from '../../http/route';

const writing = { name: 'write-files', most: 1200, seconds: 600 };
/** Of eight MiB each, as a rule. */
const writingParts = { name: 'write-parts', most: 12_000, seconds: 600 };

/** Large files in parts: what was cut off is gone on with. */
export const uploadRoutes = [
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/buckets/{bucket}/uploads',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Begin to put a large file into a bucket, in parts, or go on with what was cut off: says which parts are still to be sent',
      query: oneFileQuerySchema,
      body: beginUploadSchema,
      answers: { 200: largeUploadSchema },
    },
    async ({ person, params, query: { key }, body: { bytes, ...given }, services }) => ({
      body: await beginLarge(services, person.id, params.id, { bucket: params.bucket, key, bytes }, given),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/buckets/{bucket}/uploads/parts',
      access: 'signed-in',
      of: 'cluster',
      limit: writingParts,
      streams: true,
      summary: 'Send one part of a large file: its bytes are the body, which passes on as it comes. It can be sent again',
      query: partQuerySchema,
      answers: { 204: null },
    },
    async ({ person, params, query: { key, bytes, upload, part }, services, request, signal }) => {
      const sent = { upload, number: part, body: sentBody(request), length: lengthOf(request), signal };
      await putLarge(services, person.id, params.id, { bucket: params.bucket, key, bytes }, sent);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/buckets/{bucket}/uploads/end',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Make a large file of its parts, when all have arrived. A job of the service that watches the folder begins',
      query: uploadQuerySchema,
      body: endUploadSchema,
      answers: { 201: writtenSchema },
    },
    async ({ person, params, query: { key, upload }, body: { bytes }, services }) => {
      const etag = await endLarge(services, person.id, params.id, { bucket: params.bucket, key, bytes }, upload);
      return { status: 201, body: { key, bytes, etag } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/buckets/{bucket}/uploads',
      access: 'signed-in',
      of: 'cluster',
      limit: writing,
      summary: 'Give up the upload of a large file; one that is gone counts as given up',
      query: uploadQuerySchema,
      answers: { 204: null },
    },
    async ({ person, params, query: { key, upload }, services }) => {
      await dropLarge(services, person.id, params.id, { bucket: params.bucket, key }, upload);
      return {};
    },
  ),
];
